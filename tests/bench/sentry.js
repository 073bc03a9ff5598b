// The peer: breadcrumbs as they are by default; nothing is ever sent, as no error is captured.
import * as Sentry from '@sentry/browser'

Sentry.init({ dsn: 'https://key@sentry.invalid/1', tracesSampleRate: 0 })
