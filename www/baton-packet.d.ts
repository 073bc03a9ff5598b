/** The handoff packet, as `schema/handoff-packet.schema.json` describes it. */
import type { BatonTriage } from './baton.js'

/** The handoff packet. Its contract is `schema/handoff-packet.schema.json`; times are RFC 3339 texts. */
export interface BatonPacket {
  schema_version: string
  /** UUIDv7; also the idempotency key. */
  id: string
  created_at: string
  supersedes?: string | null
  app: {
    name?: string | null
    version?: string | null
    release?: string | null
    widget: { name: string; version: string }
    feature_flags?: Record<string, string | number | boolean>
    custom_data?: Record<string, unknown>
  }
  customer?: {
    id?: string | null
    name?: string | null
    email?: string | null
    segment?: string | null
    plan?: string | null
    role?: string | null
    account_value?: number | null
    entitlement?: { tier: string; first_response_minutes?: number | null } | null
    assurance?: 'none' | 'hmac' | 'jwt'
    token?: string | null
    locale?: string | null
    traits?: Record<string, unknown>
  }
  conversation: {
    transcript: BatonMessage[]
    previous?: Array<{ channel: BatonChannel; id: string; url?: string | null }>
    /** What the customer was asked before the hand-over; `answer` is absent where they skipped it. */
    fields?: Array<{ id: string; question: string; answer?: string | null }>
  }
  summary: {
    title: string
    problem: string
    tried?: string[]
    expected?: string | null
    impact?: string | null
    open_questions?: string[]
    /** Whether the customer wrote `title` and `problem` anew before sending. */
    edited?: boolean
    /** `line` is a JSON Pointer within the summary: `/title`, `/tried/0`. */
    sources?: Array<{ line: string; at: BatonExcerpt }>
    /** `kind`: `error_code`, `order_id`, `since`, … */
    facts?: Array<{ kind: string; value: string; normalized?: string | null; at: BatonExcerpt }>
  }
  attempts?: Array<{ at: string; provider: string; text: string; url?: string | null; grounded: boolean; helped?: boolean | null }>
  triage: BatonTriage
  escalation: BatonEscalation
  route: BatonRoute
  /** What people decided otherwise than Baton. */
  overrides?: BatonOverride[]
  evidence?: {
    console?: BatonRecords<{ at: string; ms: number; level: 'debug' | 'trace' | 'log' | 'info' | 'warn' | 'error' | 'assert'; message: string }>
    network?: BatonRecords<{
      at: string
      ms: number
      initiator: 'fetch' | 'xhr' | 'websocket' | 'eventsource'
      method: string
      url: string
      status?: number | null
      duration_ms?: number | null
      /** Until the first byte came, and from there to the last. */
      wait_ms?: number | null
      receive_ms?: number | null
      /** As ALPN names it: `h2`, `h3`, `http/1.1`. */
      protocol?: string | null
      transfer_bytes?: number | null
      /** Of a WebSocket. */
      close_code?: number | null
      request?: BatonContent | null
      response?: BatonContent | null
      failure?: 'network' | 'cors' | 'abort' | 'timeout' | 'offline' | null
      slow?: boolean
      failure_text?: string | null
    }>
    steps?: BatonRecords<{
      at: string
      ms: number
      action: string
      /** For people: `button “Save”`. */
      target?: string
      /** Playwright's syntax, best first. */
      selectors?: string[]
      /** Which frame, by index at each level; empty for the page itself. */
      frame?: number[]
      key?: string | null
      field?: { kind: string; length: number; private?: boolean } | null
      value?: string | null
      /** Where in the element, in CSS pixels; of a scroll, where to. */
      point?: { x: number; y: number } | null
      size?: { width: number; height: number } | null
      url?: string | null
    }>
    errors?: BatonRecords<{
      at: string
      ms: number
      kind: 'uncaught' | 'unhandled_rejection' | 'resource' | 'csp' | 'report'
      name?: string | null
      message: string
      source?: string | null
      line?: number | null
      column?: number | null
      stack?: string | null
      cause?: string | null
      /** Equal for equal errors, whatever their numbers and addresses. */
      fingerprint?: string | null
    }>
    screenshots?: Array<{
      attachment: string
      label: string
      at: string
      /** Empty where nobody knows what the picture shows, as with an uploaded image. */
      page_url: string
      /** A copy of the page, the customer's shared screen, or an image they gave. */
      method: 'engine' | 'display_media' | 'upload'
      /** Pixels of the picture. */
      width: number
      height: number
      gaps?: BatonGap[]
      /** What the customer drew on it, bounds in pixels of the picture. */
      annotations?: BatonAnnotation[]
      /** Regions that the customer blacked out or blurred: their pixels are gone. */
      removed?: number
    }>
    performance?: {
      long_tasks?: BatonRecords<{ at: string; ms: number; duration_ms: number }>
      lcp_ms?: number | null
      cls?: number | null
      inp_ms?: number | null
    } | null
    /** rrweb events, in `inline` or in the file that `attachment` names. */
    replay?: {
      kind: 'snapshot' | 'recording'
      attachment?: string | null
      inline?: unknown[]
      events: number
      duration_ms?: number
      gaps?: BatonGap[]
    } | null
    gaps?: BatonGap[]
  }
  environment: {
    page_url: string
    page_title?: string
    referrer?: string | null
    browser: { name: string; version: string; user_agent: string }
    os: { name: string; version?: string | null }
    device: { kind: 'desktop' | 'phone' | 'tablet' | 'unknown'; model?: string | null; touch?: boolean }
    viewport: { width: number; height: number; device_pixel_ratio: number; scale?: number | null }
    screen?: { width: number; height: number } | null
    connection?: { online: boolean; effective_type?: string | null; rtt_ms?: number | null } | null
    /** Texts of the error messages that were on the page. */
    visible_errors?: string[]
    languages?: string[]
    time_zone?: string | null
    color_scheme?: 'light' | 'dark' | null
    reduced_motion?: boolean | null
    cookies_enabled?: boolean | null
    storage_available?: boolean | null
    [key: string]: unknown
  }
  timeline?: Array<{ at: string; event: string; detail?: string | null }>
  consent: {
    approved: boolean
    via: 'review' | 'api' | 'fallback'
    at: string
    text: string
    items?: Array<{ item: string; included: boolean; count: number }>
  }
  /** What was masked, by section and kind; never by content. */
  redactions?: Array<{ section: string; kind: string; count: number }>
  attachments?: BatonAttachment[]
  /** SHA-256 of each part, and of all of them together. */
  integrity?: { algorithm: string; chain: string; items: Array<{ path: string; sha256: string }> } | null
  /** Fields of a newer minor version. */
  [key: string]: unknown
}

export interface BatonContent {
  type?: string | null
  bytes?: number | null
  headers?: Array<{ name: string; value: string }>
  body?: string | null
  /** Why the body is missing or not whole. */
  omitted?: string | null
}

export interface BatonRecords<T> {
  /** Oldest first. */
  records: T[]
  /** How many the ring holds at most. */
  cap: number
  /** How many older ones were dropped. */
  dropped: number
}

export interface BatonAnnotation {
  kind: 'arrow' | 'box' | 'highlight' | 'freehand' | 'text'
  x: number
  y: number
  width: number
  height: number
  /** What a text says, redacted. */
  text?: string | null
}

export interface BatonGap {
  /** `console`, `network`, `errors`, `steps`, `screenshot` … */
  stage: string
  /** Why, in words. */
  reason: string
}

export type BatonChannel = 'widget' | 'api' | 'email' | 'phone' | 'chat' | 'other'

export interface BatonMessage {
  author: 'customer' | 'assistant' | 'agent' | 'system'
  /** Plain text; never HTML. */
  text: string
  at: string
  channel: BatonChannel
}

export interface BatonEscalation {
  rule: string
  reason: string
  /** Every rule that fired: what is said of it, and what made it fire. */
  rules_fired?: Array<{ rule: string; reason: string; because?: string }>
  /** How the agent should sound, for example `calm`. */
  tone?: string | null
  /** What the rules ask the customer for. */
  evidence?: BatonEvidenceKind[]
}

export type BatonEvidenceKind =
  'screenshot' | 'replay' | 'console' | 'network' | 'steps' | 'expected' | 'since' | 'error_message' | 'files'

/** A decision of Baton's that somebody changed; `triage` and `route` hold what it is instead. */
export interface BatonOverride {
  field: 'intent' | 'urgency' | 'queue'
  from: string
  to: string
  by: 'customer' | 'agent'
  at: string
  reason?: string | null
}

export interface BatonRoute {
  queue: string
  priority: 'low' | 'normal' | 'high' | 'urgent'
  language: string
  sla_minutes?: number | null
  /** What whoever takes it should know well. */
  skill?: string | null
  reason: string
  alternatives?: Array<{ queue: string; reason: string }>
}

export interface BatonAttachment {
  name: string
  type: string
  size: number
  sha256: string
}

/** A place in `conversation.transcript`; `start` and `end` count Unicode characters. */
export interface BatonExcerpt {
  message: number
  start: number
  end: number
}
