/**
 * Baton's public API, `window.Baton`.
 *
 * ```html
 * <script src="https://your-cdn/baton.js" data-endpoint="/v1/handoffs"></script>
 * ```
 *
 * Put it first in `<head>`, without `defer` or `async`: then the log line before the crash is kept. A page that
 * must defer it pastes this stub first instead. The stub queues calls and keeps early errors; `baton.js` takes both
 * over. Until then `Baton.on()` returns a promise of its unsubscribe function.
 *
 * ```html
 * <script>(w=>{if(w.Baton)return;let q=[],e=[],p=x=>e.push(x);w.Baton=new Proxy({q,e},{get:(b,m)=>b[m]||((...a)=>new Promise((y,n)=>q.push([m,a,y,n])))});w.addEventListener("error",p);w.addEventListener("unhandledrejection",p)})(window)</script>
 * ```
 *
 * With `baton.js` must lie `sensors.js`, `privacy.js`, `starter.js`, `fallback.js`, `baton-replay.js` and the folders
 * `widget/`, `triage/`, `extras/`, `screenshot/`, `annotate/` and `exports/`. `sensors.js` is fetched when the page has
 * been read; nothing else is before the first sign of intent.
 */
import type { BatonAttachment, BatonEscalation, BatonGap, BatonMessage, BatonPacket, BatonRoute } from './baton-packet.js'
export type * from './baton-packet.js'
export {}

declare global {
  interface Window {
    Baton: BatonApi
  }
  const Baton: BatonApi
}

/**
 * Every call may be made before anything has loaded and returns a promise, except {@link BatonApi.on} and
 * {@link BatonApi.off}. An argument of a wrong type rejects the promise with a `TypeError` that names the call. A
 * rejection that nobody waits for is never an `unhandledrejection` of the page.
 */
export interface BatonApi {
  /**
   * Merges these keys over the `data-*` attributes and earlier calls. A key of a wrong type is refused by name
   * (console, `error` event, `status().problems`, and the promise rejects); the other keys are kept. What is inside
   * of `ai`, `app`, `labels`, `network`, `privacy` and `sensors`, and what the values of other keys mean (a colour, a URL,
   * one of some words), is checked when the second stage has loaded: with the first sign of intent, or `status()`.
   * Until then the promise resolves.
   */
  init(config: BatonConfig): Promise<void>
  /** Says who the customer is; `0` is an id, too. `token` is the proof made by your server: an HMAC of the id, or a JWT. */
  identify(id: string | number, traits?: BatonTraits, token?: string): Promise<void>
  /** Forgets who the customer is, for a sign-out. */
  clearIdentity(): Promise<void>
  /**
   * Opens the panel; where the widget cannot run, the plain form. After a crash the plain form begins with what the
   * customer had written.
   */
  open(options?: BatonOpenOptions): Promise<void>
  /** Closes panel or form. Loads nothing. */
  close(): Promise<void>
  /** Shows the launcher. */
  show(): Promise<void>
  /** Hides the launcher. */
  hide(): Promise<void>
  /** Makes an element of the page open Baton when it is clicked. Resolves to a function that detaches it. */
  attachTo(element: Element | string, options?: BatonOpenOptions): Promise<() => void>
  /** Opens the panel and says this for the customer. */
  ask(text: string): Promise<void>
  /** Triages a text locally; nothing is sent. The same object as the trainer's `predict`. */
  triage(text: string): Promise<BatonTriage>
  /**
   * A picture of the page, private regions painted over and Baton left out. Shows, asks and sends nothing; loads the
   * module that takes pictures, not the widget. Rejects with the reason if the browser does not draw it (a
   * Content-Security-Policy whose `img-src` lacks `data:`) or an option is wrong.
   */
  captureScreenshot(options: BatonScreenshotOptions & { tiles: number }): Promise<Blob[]>
  captureScreenshot(options?: BatonScreenshotOptions): Promise<Blob>
  /** Adds a step to the evidence. */
  addBreadcrumb(record: string | BatonBreadcrumb): Promise<void>
  /** Merges into the custom data of the packet. Redacted before it leaves. */
  setCustomData(data: Record<string, unknown>): Promise<void>
  /**
   * Called whenever a packet is built; the object it returns is merged into the custom data. It must answer at once:
   * a promise is not waited for. A callback that throws or returns no object is named in `evidence.gaps`.
   */
  metadata(callback: () => Record<string, unknown>): Promise<void>
  /** Adds a file to the next packet, and to that one only. The plain form sends no files. */
  attach(name: string, blob: Blob): Promise<void>
  /** Builds the packet as it would be sent, redacted; sends nothing. */
  buildPacket(options?: BatonPacketOptions): Promise<BatonBuiltPacket>
  /** Builds and delivers a packet without the panel. Rejects if nobody confirmed it. */
  handoff(options: BatonHandoffOptions): Promise<BatonReceipt>
  setTheme(theme: BatonTheme): Promise<void>
  /** BCP 47, for example `de-AT`. This version stores it; it does not translate the interface. */
  setLocale(tag: string): Promise<void>
  /** What works on this page and, if something does not, the named reason. */
  status(): Promise<BatonStatus>
  /**
   * Calls the handler at every such event; returns a function that unsubscribes it. A late `ready` is told at once.
   * Throws a `TypeError` where the handler is no function.
   */
  on<E extends keyof BatonEvents>(event: E, handler: (detail: BatonEvents[E]) => void): () => void
  /** Unsubscribes the handler. */
  off<E extends keyof BatonEvents>(event: E, handler: (detail: BatonEvents[E]) => void): void
  /** Takes Baton off the page and gives the natives back where nobody wrapped on top. The script may load again. */
  destroy(): Promise<void>
}

export type BatonTheme = 'auto' | 'light' | 'dark'

/** Plain values may also be `data-*` attributes: `data-endpoint`, `data-style-nonce`, `data-app-name` … */
export interface BatonConfig {
  /** Where packets go: an http(s) URL, absolute or relative to the page. */
  endpoint?: string
  /** Not supported yet: ignored, and told as `not_supported`. Planned: further or other receivers. */
  sinks?: unknown
  /**
   * The host application. As attributes: `data-app-name`, `data-app-version`, `data-release`. `featureFlags`: which
   * flags are on for this customer, by name; redacted before it leaves.
   */
  app?: { name?: string; version?: string; release?: string; featureFlags?: Record<string, string | number | boolean> }
  /** Own words for the interface, by key: `launcher`, `title` …; those of the picture's editor begin with `annotate_`. */
  labels?: Record<string, string>
  /**
   * Any CSS colour. What is written on it turns black or white, and where it is itself the colour of text or of a ring,
   * it turns as dark or light as it takes to be read: 4.5 : 1 for text, 3 : 1 for all else. Instead, the custom property
   * `--baton-accent` in your style sheet; so too `--baton-radius`, `--baton-font`, `--baton-x` and `--baton-y`.
   */
  accent?: string
  /** Roundness of the panel's corners: pixels, or a CSS length. Default 16. Parts of the panel are never rounder. */
  radius?: number | string
  /** CSS `font-family`. Default: the system's. */
  font?: string
  /** Corner of launcher and panel. Default `right`. */
  position?: 'right' | 'left'
  /** Distance of the launcher from that corner, in CSS pixels. Default 20 each. */
  offset?: { x?: number; y?: number }
  /** A word, or the URL of an image, which your Content-Security-Policy must let through. Default `chat`. */
  launcherIcon?: 'chat' | 'mail' | 'question' | (string & {})
  /**
   * Keys that open and close the panel, for example `Alt+Shift+H`. The one way by keyboard while a modal dialog of the
   * page is open. None by default. In a field of the page, only with Alt, Ctrl or Cmd.
   */
  shortcut?: string | null
  /** Default `auto`: as the customer's system. */
  theme?: BatonTheme
  /**
   * BCP 47: the language of everything that Baton says. Default: that of the page (`<html lang>`), else of the browser.
   * A language that is not in `locales/` is served by its sister (`pt-PT` by `pt-BR`), else in English.
   */
  locale?: string
  /** Fetches the widget when the page has loaded, instead of at the first sign of intent. */
  preload?: boolean
  privacy?: {
    /** `all` masks e-mail addresses, phone numbers and bank accounts in the transcript, too. Default `secrets`. */
    transcript?: 'secrets' | 'all'
    /** Masks national identity numbers, too. Default `false`. */
    nationalIds?: boolean
    /**
     * What else is masked wherever text leaves, as `[name]`: for example `{ name: 'order', pattern: /ORD-\d+/ }`. A text
     * is the source of a regular expression.
     */
    patterns?: Array<{ name: string; pattern: RegExp | string }>
    [key: string]: unknown
  }
  /**
   * `false` switches a sensor off, at any time, and drops what it has recorded. As an attribute, the ones that are on:
   * `data-sensors="console network errors"`.
   */
  sensors?: Partial<Record<BatonSensor, boolean>>
  /** What is kept of requests besides address, status, sizes and times. Nothing, by default. */
  network?: BatonNetworkConfig
  /**
   * `qa`: no conversation; one click captures a bug with its evidence. Default `chat`. As an attribute: `data-mode="qa"`;
   * for one opening: `Baton.open({ mode: 'qa' })`.
   */
  mode?: BatonMode
  /** In the mode `qa`, the keys that capture a bug. Default `Alt+Shift+B`. As an attribute: `data-qa-shortcut`. */
  qaShortcut?: string
  /**
   * Records the page's last seconds (30 where no number is given) in memory, masked, from when the page has loaded. As an
   * attribute: `data-replay`, `data-replay="15"`. Off by default: then the packet has the page at the moment of the
   * report.
   */
  replay?: boolean | { seconds: number } | null
  /**
   * The parts of your product, by the names your team uses and those your customers use. A part that a customer names
   * is a fact of the case, and is not asked for.
   */
  areas?: Array<string | { name: string; synonyms?: string[] }>
  /** What the customer agrees to before anything is sent. */
  consentText?: string
  /** For browsers without constructable style sheets under a CSP. Default: the script element's own nonce. */
  styleNonce?: string
  /** Not supported yet: ignored, and told as `not_supported`. Planned: a last look at a packet before it is frozen. */
  beforeSend?: unknown
  /**
   * Your own rules of escalation and routing, or where they are: what `schema/rules.schema.json` describes. Rules that do
   * not come or have a fault are told as `rules_invalid`, with the line of each fault; the last good ones stay, at first
   * the shipped ones. As an attribute: `data-rules="/support/rules.json"`.
   */
  rules?: string | Record<string, unknown> | null
  /**
   * Help articles that answer before a human does: where they are, or themselves. As an attribute:
   * `data-articles="/support/articles.json"`.
   */
  articles?: string | unknown[] | Record<string, unknown> | null
  /** Your own endpoint that answers. As an attribute, its address: `data-ai="/support/answer"`. */
  ai?: string | BatonAi | null | false
  /** Whether the browser's own language model may answer, where there is one. Default `false`. */
  browserModel?: boolean
  /** Who answers, the first one first. Who is not in it does not. Default: articles, your endpoint, the browser's model. */
  answerOrder?: BatonAnswerProvider[]
  /**
   * Your own questions before a case is handed over, or where they are: what `schema/flows.schema.json` describes. Flows
   * that do not come or have a fault are told as `flows_invalid`, with the line of each fault; the last good ones stay,
   * at first the shipped ones. As an attribute: `data-flows="/support/flows.json"`.
   */
  flows?: string | Record<string, unknown> | null
  /** Whether a conversation is kept on this device for when the page is loaded again. */
  history?: boolean
  /** A sound at a human's answer. Default `false`. */
  sound?: boolean
  /** Tells of a human's answer in the title of the page's tab. Default `false`. */
  titleFlash?: boolean
  /** Unknown keys are kept. */
  [key: string]: unknown
}

/**
 * `console`; `errors`: uncaught ones, rejections, what could not be loaded, CSP violations, the browser's reports;
 * `network`: fetch, XMLHttpRequest, WebSocket, EventSource; `steps`: what the customer does; `performance`: long tasks
 * and Core Web Vitals. Values of private fields are in none of them. Of the console, `debug`, `trace`, `log`, `info`,
 * `warn`, `error` and `assert` are kept, and as `log` what is given to `dir`, `table`, `group` and `groupCollapsed`; not
 * `count` or `time`. An object given to `fetch` as an address is turned into a text once more than without Baton.
 */
export type BatonSensor = 'console' | 'errors' | 'network' | 'steps' | 'performance'

export type BatonAnswerProvider = 'articles' | 'ai' | 'browserModel'

export interface BatonAi {
  /** http(s), absolute or relative to the page. */
  url: string
  /** Baton's own protocol, or that of OpenAI's `chat/completions`. Default `baton`, for an address that ends in `/chat/completions` `openai`. */
  kind?: 'baton' | 'openai'
  model?: string
  /** Sent along. What is here is readable for everybody who can see the page: no secret keys. */
  headers?: Record<string, string>
  /** How long the whole answer may take. Default 60,000, at most 120,000. */
  timeoutMs?: number
  /** Instructions for the model. */
  system?: string
}

export type BatonMode = 'chat' | 'qa'

export interface BatonNetworkConfig {
  /**
   * Names of request and response headers to keep, for example `['x-request-id']`. Those that authorise or identify
   * somebody (`authorization`, `cookie`, `x-api-key`, whatever has `token`, `secret`, `session` … in its name) never are.
   */
  headers?: string[]
  /**
   * Keeps request and response bodies where the URL contains one of these texts; `*` stands for anything. Text only, of
   * requests: strings, URLSearchParams and FormData. Values of private fields of the page are taken out, the rest is
   * redacted before it leaves. Event streams and pictures are never read, and the page never waits.
   */
  bodies?: string[]
  /** From how many milliseconds on a request is marked as slow. Default 3000. */
  slowMs?: number
  /** How much of a body is kept, in bytes of UTF-8. Default 32768, at most 65536. */
  maxBodyBytes?: number
}

export interface BatonTraits {
  name?: string
  email?: string
  plan?: string
  role?: string
  segment?: string
  account_value?: number
  [trait: string]: unknown
}

export interface BatonOpenOptions {
  /** Put into the composer, or into the plain form's text; not sent before the customer sends it. */
  message?: string
  /** `qa` opens the bug form instead of the conversation. Default: as configured. */
  mode?: BatonMode
  [key: string]: unknown
}

export interface BatonBreadcrumb {
  message: string
  category?: string
  data?: unknown
}

export interface BatonScreenshotOptions {
  /**
   * What is pictured: `viewport` (default), what the window shows; `page`, all of it; an element or its selector, the
   * element's box; a region in CSS pixels of the viewport, at least 1 × 1.
   */
  target?: 'viewport' | 'page' | Element | (string & {}) | { x: number; y: number; width: number; height: number }
  /**
   * Picture pixels per CSS pixel, 0.1 to 4. Default 1. Fewer where the picture would be too large: for a canvas of this
   * browser, or for as many tiles as are allowed.
   */
  scale?: number
  /** Default `png`. A browser that cannot write WebP writes PNG: see the Blob's `type`. */
  format?: 'png' | 'webp'
  /** Of WebP, 0 to 1. Default 0.9. */
  quality?: number
  /** Called for elements of the page; those for which it returns `false` are not in the picture. */
  filter?: (element: Element) => boolean
  /** Selectors of what is painted over, besides what is private anyway. */
  mask?: string | string[]
  /** When the picture must be there, 1 to 120000 ms; what has not arrived by then is left out. Default 10000. */
  timeoutMs?: number
  /** Most bytes of the file, or of all tiles together, at least 1000; pixels are given up for it. No limit by default. */
  maxBytes?: number
  /**
   * Into how many pictures one may be cut that is larger than what every browser and WebP can hold (16,383 pixels a side,
   * 16.7 million in all), 1 to 64: then `captureScreenshot()` resolves to a list, row by row, of one where one is enough.
   * Not set: one picture, as large as this browser's canvas can be.
   */
  tiles?: number
}

export interface BatonPacketOptions {
  /** What the customer says. Without it, the conversation in the panel is used. */
  message?: string
  /** `false` leaves the picture out. */
  screenshot?: boolean
  /** That the customer agreed. */
  consent?: boolean
}

export interface BatonHandoffOptions extends BatonPacketOptions {
  /** Nothing leaves the page without it. */
  consent: true
}

export interface BatonBuiltPacket {
  packet: BatonPacket
  attachments: Array<BatonAttachment & { blob: Blob }>
}

/** Payload by event. */
export interface BatonEvents {
  /** The launcher is there and calls are answered. */
  ready: { version: string }
  open: undefined
  close: undefined
  /** A new message in the conversation, of either side. */
  message: BatonMessage
  triage: BatonTriage
  escalation: { escalation: BatonEscalation; route: BatonRoute }
  'handoff:queued': { id: string }
  /** The receiver has confirmed that it has the packet. */
  'handoff:delivered': BatonReceipt
  /** Refused or given up. */
  'handoff:failed': { id?: string; reason: string; will_retry: false }
  /** The human's answer. */
  reply: BatonMessage
  error: BatonProblem
}

/** Something the developer should know. */
export interface BatonProblem {
  /**
   * `config`, `not_supported`, `endpoint_missing`, `twice`, `launcher`, `wasm_blocked_by_csp`, `wasm_fetch_failed`,
   * `wasm_unsupported`, `crashed`, `fallback_failed`; of the widget `part_missing`, `triage_model`,
   * `delivery_delayed` (tried again), `delivery_failed`, `report` (a bug could not be captured), `export_failed`; or a
   * newer one. Each message is told once.
   */
  code: string
  message: string
  /** The config key it is about. */
  key?: string
}

export type BatonUnavailable = 'wasm_blocked_by_csp' | 'wasm_fetch_failed' | 'wasm_unsupported' | 'crashed'

export interface BatonStatus {
  version: string
  /** Where `baton.js` came from; ends with a slash. */
  base: string
  ready: boolean
  /** Whether panel or plain form is open. */
  open: boolean
  /** Whether the launcher is on the page. */
  launcher: boolean
  /** `ready`, on its way, not needed yet (also after `captureScreenshot()`), or why it cannot run. */
  widget: 'ready' | 'loading' | 'not_loaded' | BatonUnavailable
  /** Absolute; null where none is set. */
  endpoint: string | null
  /** How often `init()` was called. */
  inits: number
  sensors: Record<BatonSensor, boolean>
  /** What the sensors cannot record here. */
  gaps: BatonGap[]
  problems: BatonProblem[]
}

export interface BatonReceipt {
  /** Equal to the packet's id. */
  id: string
  received_at?: string
  conversation_token?: string
  links?: { replies?: string; messages?: string; events?: string; evidence?: string }
  /** SHA-256 of the attachments that the receiver does not have yet. */
  missing?: string[]
}

export type BatonIntent =
  | 'security' | 'privacy_legal' | 'refund' | 'access' | 'cancel' | 'outage' | 'billing'
  | 'integration' | 'bug' | 'account_change' | 'feature_request' | 'how_to' | 'feedback' | 'other'
export type BatonUrgency = 'low' | 'normal' | 'high' | 'critical'
export type BatonCustomerState = 'neutral' | 'anxious' | 'angry' | 'churn_risk'
export type BatonTopic =
  | 'security' | 'legal' | 'privacy' | 'billing_exception' | 'access_dispute' | 'churn' | 'data_loss' | 'outage'

export interface BatonTriage {
  intent: BatonIntent
  urgency: BatonUrgency
  customer_state: BatonCustomerState
  wants_human: boolean
  topics: BatonTopic[]
  /** BCP 47; `und` if undetermined. */
  language: string
  /** Probability of each answer above, 0 to 1. */
  confidence: { intent: number; urgency: number; customer_state: number; wants_human: number; language: number }
  /** Probability of every class. */
  scores: {
    intent: Partial<Record<BatonIntent, number>>
    urgency: Partial<Record<BatonUrgency, number>>
    customer_state: Partial<Record<BatonCustomerState, number>>
    topics: Partial<Record<BatonTopic, number>>
    wants_human: number
  }
  /** What weighed most, strongest first. */
  reasons: Array<{ about: string; feature: string; weight: number }>
}
