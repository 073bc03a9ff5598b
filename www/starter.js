// The loader's second stage, fetched with the first sign of intent: starts the widget, watches and replaces
// it, and shows the plain form where it cannot run.

import shortcuts from './shortcuts.js'
import timing from './timing.js'

const DOWNLOAD_LIMIT_MS = 20_000
/** How long the widget waits for the sensors' second part. */
const SENSORS_LIMIT_MS = 3000

/** The launcher's states of this stage. */
const STATES = `
[aria-expanded=true]:before{clip-path:path("m17 23 11 11 11-11 2 2-13 13-13-13z")}
[aria-expanded=false][data-icon=mail]:before{clip-path:path("M17 19h22a2 2 0 0 1 2 2l-13 8-13-8a2 2 0 0 1 2-2zm-2 5 13 8 13-8v11a2 2 0 0 1-2 2h-22a2 2 0 0 1-2-2z")}
[aria-expanded=false][data-icon=question]:before{content:"?";clip-path:none;background:none;font:700 30px/56px system-ui;text-align:center}
[aria-expanded=false][data-icon=image]:before{clip-path:none;background:var(--baton-icon) center/32px no-repeat}
[aria-busy=true]:before{opacity:.5}
[data-unread]:not([data-unread='0']):after{content:attr(data-unread);position:absolute;top:-4px;right:-4px;padding:0 6px;border-radius:10px;background:#b3261e;color:#fff;font:600 12px/20px system-ui}`

/** What the launcher may show while it is closed. */
const ICONS = ['chat', 'mail', 'question']

/** Reserved config keys. */
const LATER = ['beforeSend', 'sinks']

/** Who may answer, in the order of `answerOrder`. */
const PROVIDERS = ['articles', 'ai', 'browserModel']
/** Of `ai`, besides `url`. */
const AI = {
  kind: value => ['baton', 'openai'].includes(value),
  model: value => typeof value === 'string',
  system: value => typeof value === 'string',
  timeoutMs: value => value > 0,
  headers: value => isObject(value) && isTexts(Object.values(value)),
}
/** On or off; as an attribute, too. */
const SWITCH = ['true', 'false', '', true, false]

const isWeb = url => { try { return !!url && typeof url === 'string' && /^https?:$/.test(new URL(url, document.baseURI).protocol) } catch { return false } }
const isTexts = value => Array.isArray(value) && value.every(one => typeof one === 'string')
const isPatterns = value => Array.isArray(value) && value.every(one => one && typeof one.name === 'string' && (typeof one.pattern === 'string' || one.pattern instanceof RegExp))
const isAreas = value => Array.isArray(value) && value.every(one => typeof one === 'string' || (one && typeof one.name === 'string' && isTexts(one.synonyms || [])))
const isFlags = value => typeof value === 'object' && value !== null && Object.values(value).every(one => ['string', 'number', 'boolean'].includes(typeof one))
const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value)
const isFile = value => value === null || isObject(value) || isWeb(value)
const isArticles = value => Array.isArray(value) || isFile(value)
const isAi = value => [null, false].includes(value) || isWeb(value) || (isObject(value) && isWeb(value.url) &&
  Object.entries(value).every(([key, one]) => AI[key] ? AI[key](one) : true))
const isOrder = value => isTexts(value) && value.every(one => PROVIDERS.includes(one))
const isReplay = value => SWITCH.includes(value) || value === null || (typeof value === 'object' ? value.seconds : Number(value)) > 0
const isLength = value => (typeof value === 'number' || /^\d+$/.test(value) ? value >= 0 : typeof value === 'string' && CSS.supports('border-radius', value))
const isOffset = value => isObject(value) && ['x', 'y'].every(axis => value[axis] === undefined || (value[axis] >= 0 && Number.isFinite(value[axis])))
const isIcon = value => ICONS.includes(value) || isWeb(value) || /^data:image\//.test(value)
const isKeys = value => value === null || (typeof value === 'string' && /[^+\s]$/.test(value))
const isLocale = value => { try { return !!Intl.getCanonicalLocales(value)[0] } catch { return false } }

/** What baton.js does not look into: a type, allowed words, or a test and what it wants; `*` is each key. */
const RULES = {
  endpoint: [isWeb, 'an http(s) URL'],
  areas: [isAreas, 'a list of names or {name, synonyms}'],
  accent: [value => CSS.supports('color', value), 'a colour'],
  mode: ['chat', 'qa'],
  replay: [isReplay, 'true or {seconds}'],
  rules: [isFile, 'the URL of a rules file, or its object'],
  articles: [isArticles, 'the URL of help articles, or a list or object of them'],
  ai: [isAi, 'a URL or {url, kind, model, headers, timeoutMs, system}'],
  answerOrder: [isOrder, `a list of "${PROVIDERS.join('", "')}"`],
  flows: [isFile, 'the URL of a file of flows, or its object'],
  browserModel: SWITCH,
  history: SWITCH,
  sound: SWITCH,
  titleFlash: SWITCH,
  radius: [isLength, 'a length'],
  font: [value => CSS.supports('font-family', value), 'a list of fonts'],
  offset: [isOffset, '{x, y} in pixels'],
  launcherIcon: [isIcon, `"${ICONS.join('", "')}" or the URL of an image`],
  shortcut: [isKeys, 'keys such as "Alt+Shift+H"'],
  qaShortcut: [isKeys, 'keys such as "Alt+Shift+B"'],
  locale: [isLocale, 'a language tag'],
  theme: ['auto', 'light', 'dark'],
  position: ['right', 'left'],
  'privacy.transcript': ['secrets', 'all'],
  'privacy.nationalIds': ['boolean'],
  'privacy.patterns': [isPatterns, 'a list of {name, pattern}'],
  'app.name': ['string'],
  'app.version': ['string'],
  'app.release': ['string'],
  'app.featureFlags': [isFlags, 'an object of texts, numbers and booleans'],
  'network.headers': [isTexts, 'a list of header names'],
  'network.bodies': [isTexts, 'a list of parts of URLs'],
  'network.slowMs': ['number'],
  'network.maxBodyBytes': ['number'],
  'labels.*': ['string'],
  'sensors.*': ['boolean'],
}

// Outlives destroy(), for the browser keeps this module: at a dead instance's address, a new one would be
// that instance, conversation and all.
let runs = 0

/**
 * @param core what the loader shares: its state, its rings and its helpers (see `core` in baton.js)
 * @returns {{load, call, owns, changed, destroy, look}} what the loader hands on to this stage
 */
export default core => {
  const { version, base, config, rings, wrapped, ui, fetch, problem, problems, paint } = core
  const ours = ['widget/', 'triage/', 'extras/', 'screenshot/', 'annotate/', 'exports/', 'answers/'].map(folder => base + folder)
  let live = null // the running instance: {run, module, bridge, parts, lost, lose}
  let camera = null // where pictures are taken without one: {run, bridge, parts, lost, lose}
  let loading = null // the promise of the one start under way
  let form = null // the plain form's module
  let failure = '' // why the last start or instance failed
  let spoken = [] // the customer's texts that a crashed instance had
  let gone = false

  // ---- What the page has configured

  const kept = {} // the last fitting text of each key

  /** Tells what is not supported or does not fit, takes the latter out, and returns the first refusal. */
  const check = () => {
    let refused
    const fits = (key, value, rule) => {
      const [first, wanted] = rule
      const isTest = typeof first === 'function'
      if (value === undefined || (isTest ? first(value) : rule.includes(wanted ? value : typeof value))) return true
      const must = isTest ? wanted : rule === SWITCH ? 'true or false' : wanted ? `one of "${rule.join('", "')}"` : `of type ${rule}`
      const is = value === null ? 'null' : wanted && typeof value === 'string' ? `"${value}"` : typeof value
      const error = problem('config', `config "${key}" must be ${must}, not ${is}; ignored`, key)
      refused = refused || error
    }
    for (const key of LATER) {
      if (config[key] || config[key] === '') problem('not_supported', `${key} is not supported by this version and is ignored`, key)
    }
    for (const path in RULES) {
      const [key, inner] = path.split('.')
      const rule = RULES[path]
      if (!inner) {
        if (fits(key, config[key], rule)) kept[key] = config[key]
        config[key] = rule === SWITCH && kept[key] !== undefined ? `${kept[key]}` !== 'false' : kept[key]
      } else for (const name of inner === '*' ? Object.keys(config[key] || {}) : [inner]) {
        if (!config[key] || fits(`${key}.${name}`, config[key][name], rule)) continue
        config[key] = { ...config[key] } // the page's own object stays as it is
        delete config[key][name]
      }
    }
    if (refused) paint()
    return refused
  }

  /** Where the launcher is, and what it shows. */
  const look = (host, button) => {
    const { offset = {}, launcherIcon: icon = 'chat' } = config
    for (const axis of 'xy') host.style.setProperty(`--baton-${axis}`, offset[axis] >= 0 ? `${offset[axis]}px` : '')
    if (look.icon === icon) return
    look.icon = icon
    if (ICONS.includes(icon)) {
      button.dataset.icon = icon
      return
    }
    // Only a picture that comes, and that the page's policy lets through, takes the place of the one that is there.
    const image = new Image()
    image.onload = () => {
      if (look.icon !== icon) return
      host.style.setProperty('--baton-icon', `url(${JSON.stringify(image.src)})`)
      button.dataset.icon = 'image'
    }
    image.onerror = () => { problem('config', `config "launcherIcon": there is no image at ${image.src.slice(0, 200)}`, 'launcherIcon') }
    image.src = icon
  }

  const changed = async () => {
    const refused = check()
    if (live) await ask('configure', [])
    if (refused) throw refused
  }

  // ---- What the rings hold, and what they could not hold.

  const gaps = () => {
    const list = core.lost ? ['steps', 'errors', 'network', 'performance'].map(stage => ({ stage, reason: `sensors.js could not be loaded: ${core.lost}` })) : []
    if (!core.told) list.push({ stage: 'steps', reason: 'sensors.js has not been loaded yet' })
    for (const stage in rings) if (!core.isOn(stage)) list.push({ stage, reason: 'switched off by the page' })
    const reasons = new Map()
    for (const { stage, object, name, proxy, frozen } of wrapped) {
      const isHistory = stage === 'steps'
      if ((isHistory ? history : object)[name] === proxy) continue
      const owner = stage === 'console' ? stage : object === window ? name : isHistory ? 'history' : 'XMLHttpRequest'
      // The page's wrapper may well call ours: the gap says what may be missing, not what is.
      reasons.set(frozen ? `the page froze ${owner}` : `the page replaced ${owner === name ? name : `${owner}.${name}`}; later records may be missing`, stage)
    }
    for (const [reason, stage] of reasons) list.push({ stage, reason })
    return [...list, ...(core.gaps?.() || [])]
  }

  const complete = timing(core)
  const drain = () => {
    const vitals = core.finish?.() || {}
    complete()
    // A packet has no level of its own for these.
    for (const [record] of rings.console.list) if (/^(dir|table|group)/.test(record.level)) record.level = 'log'
    const snapshot = { time_origin: performance.timeOrigin, vitals, gaps: gaps() }
    for (const stage in rings) {
      const { cap, dropped, list } = rings[stage]
      snapshot[stage === 'performance' ? 'long_tasks' : stage] = { cap, dropped, records: list.map(([record]) => ({ ...record })) }
    }
    return snapshot
  }

  /**
   * What an instance gets, besides what `core` in baton.js has. Each has its own, so that a dead one cannot report
   * the living one as crashed.
   * - `problem(code, message)` tells the developer, once for each message: console, `error` event, `status().problems`
   * - `setOpen(open)`, `setUnread(count)`: what the launcher shows
   * - `words`: here the widget keeps the customer's texts, oldest first; after a crash the plain form begins with them
   * - `privacy`: the module privacy.js, the one judge of what may be known of an element; missing if it could not be loaded
   * - `pageUrl()`: the page's address without what private fields hold
   * - `replay()` resolves to `{kind: 'recording' | 'snapshot', events, gaps}`: rrweb events of the last seconds where the
   *   page has asked for a recording, else of this moment
   * - `clearAttached(taken)` takes these entries out of `attached`, once a packet has them
   */
  const bridge = run => Object.assign(Object.create(core), {
    version, base, drain, replay,
    pageUrl: () => core.pageUrl?.() ?? location.href,
    words: [],
    setOpen: open => paint({ open }),
    setUnread: unread => paint({ unread }),
    problem: (code, message) => { problem(code, message) },
    clearAttached: taken => { core.attached.splice(0, Infinity, ...core.attached.filter(one => !taken.includes(one))) },
    load: name => (live && live.run === run ? part(live, name) : Promise.reject(new Error('Baton: this instance has ended'))),
    crashed: message => crash(run, message),
  })

  const replay = async () => {
    try {
      const recording = await core.recording
      if (recording) return { kind: 'recording', ...recording.events() }
      const { snapshot } = await import(`${base}baton-replay.js?v=${version}`)
      return { kind: 'snapshot', ...snapshot(core) }
    } catch (error) {
      return { kind: 'snapshot', events: [], gaps: [{ stage: 'replay', reason: `not possible: ${String(error).slice(0, 500)}` }] }
    }
  }

  /** What an instance must have from its first moment on: the sensors and the judge of privacy. */
  const senses = async () => {
    const late = new Promise(done => { setTimeout(done, SENSORS_LIMIT_MS) })
    await Promise.race([core.sense(), late])
    if (core.privacy) return
    // The sensors could not be loaded; pictures need it all the same.
    const judge = import(`${base}privacy.js?v=${version}`).then(privacy => { core.privacy = privacy })
    await Promise.race([judge, late]).catch(() => {})
  }

  const absolute = url => { try { return new URL(url, document.baseURI).href } catch { return null } }
  const lacking = () => (config.endpoint ? [] : [{ code: 'endpoint_missing', key: 'endpoint', message: 'no endpoint is set: nothing can be sent' }])

  const status = () => ({
    version, base,
    ready: true,
    open: !!ui.open,
    launcher: !ui.hidden && !!document.querySelector('[data-baton-ui="launcher"]'),
    widget: live ? 'ready' : loading ? 'loading' : failure || 'not_loaded',
    endpoint: config.endpoint ? absolute(config.endpoint) : null,
    inits: ui.inits || 0,
    sensors: Object.fromEntries(Object.keys(rings).map(stage => [stage, core.isOn(stage)])),
    gaps: gaps(),
    problems: [...problems.filter(({ code }) => code !== 'endpoint_missing'), ...lacking()],
  })

  // ---- Start and end of an instance

  const load = () => {
    if (live) return Promise.resolve(live)
    if (!loading) {
      loading = start().finally(() => { loading = null; paint({ busy: false }) })
      paint({ busy: true })
    }
    return loading
  }

  const fail = (code, cause) => {
    failure = code
    return problem(code, `the assistant cannot run: ${String(cause).slice(0, 500)}`)
  }

  /** One WASM module of Baton, by the name of its folder. */
  const download = async (name, run, again) => {
    // A new address each time: a dead module keeps its state, and a failed download may be remembered.
    const query = `?v=${version}${run > 1 ? `&r=${run}` : ''}${again ? `&again=${again}` : ''}`
    let timer
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${name}: no answer within ${DOWNLOAD_LIMIT_MS / 1000} s`)), DOWNLOAD_LIMIT_MS)
    })
    const fetched = (async () => {
      // With the fetch from before the wrapping: this request is none of the page's. Both files come at once.
      const wasm = fetch(`${base}${name}/${name}_bg.wasm${query}`).then(response => {
        if (!response.ok) throw new Error(`${name}_bg.wasm: HTTP ${response.status}`)
        return response
      })
      wasm.catch(() => {})
      const module = await import(`${base}${name}/${name}.js${query}`)
      await module.default({ module_or_path: wasm })
      return module
    })()
    try {
      return await Promise.race([fetched, late])
    } finally {
      clearTimeout(timer)
    }
  }

  const why = error => {
    if (!/^(Compile|Link)Error/.test(error)) return 'wasm_fetch_failed'
    return /security policy|CSP|unsafe-eval/i.test(error) ? 'wasm_blocked_by_csp' : 'wasm_unsupported'
  }

  const instance = (run, module) => {
    const one = { run, module, bridge: bridge(run), parts: {} }
    one.lost = new Promise((_, reject) => { one.lose = reject })
    one.lost.catch(() => {})
    return one
  }

  const start = async () => {
    const run = ++runs
    for (const { code, message, key } of lacking()) problem(code, message, key)
    if (typeof WebAssembly !== 'object' || !fetch) throw fail('wasm_unsupported', 'this browser has no WebAssembly')
    const [module] = await Promise.all([download('widget', run).catch(error => { throw fail(why(error), error) }), senses()])
    if (gone) throw new Error('Baton was destroyed')
    const one = instance(run, module)
    live = one
    try {
      module.start(one.bridge)
    } catch (error) {
      crash(run, error)
    }
    // The module itself may have reported a panic.
    if (live !== one) return one.lost
    failure = ''
    return one
  }

  /** A policy of the page may forbid what a picture is made of: that is no error of the page's own. */
  const unseen = async take => {
    core.muted = (core.muted || 0) + 1
    try {
      return await take()
    } finally {
      // A violation is told a moment after it happens.
      setTimeout(() => { core.muted-- }, 100)
    }
  }

  /** A further module, for the widget: loaded once in an instance, and again if that failed. */
  const part = (one, name) => {
    if (!one.parts[name]) {
      one.parts[name] = download(name, one.run, one.failures).then(module => {
        module[`attach_${name}`](one.bridge)
        return name === 'screenshot' ? { ...module, capture: options => unseen(() => module.capture(options)) } : module
      }).catch(error => {
        one.failures = (one.failures || 0) + 1
        delete one.parts[name]
        throw problem(why(error), `${name} cannot be loaded: ${String(error).slice(0, 500)}`)
      })
      one.parts[name].catch(() => {}) // told already, whoever waits for it
    }
    return one.parts[name]
  }

  /** Takes what an instance has drawn off the page. */
  const clear = () => {
    for (const element of document.querySelectorAll('[data-baton-ui="widget"], [data-baton-ui="annotate"]')) element.remove()
  }

  const crash = (run, cause) => {
    const one = live
    if (camera && camera.run === run) {
      runs = Math.max(runs, run) // its module is dead: the next instance must not get it
      camera.lose(one ? new Error('Baton: this instance has ended') : problem('crashed', `no picture can be taken: ${String(cause).slice(0, 500)}`))
      camera = null
    }
    if (!one || one.run !== run) return
    live = null
    clear()
    spoken = one.bridge.words || []
    one.lose(fail('crashed', cause))
    if (ui.open) plain('crashed').catch(() => {})
  }

  // ---- Whose failure is it?

  const isTrap = error => typeof WebAssembly === 'object' && error instanceof WebAssembly.RuntimeError

  // The widget's own only with one of its frames on top: its events run the page's listeners, too.
  const isOurs = (error, filename) => {
    const stack = String((error && error.stack) || '')
    const top = stack.split('\n').find(line => /^\s+at |@/.test(line)) || ''
    return ours.some(folder => `${filename || ''}`.startsWith(folder) || top.includes(folder) || (isTrap(error) && stack.includes(folder)))
  }

  /** Takes an `error` or `unhandledrejection` event out of the page if it is the widget's. */
  const owns = (event, error) => {
    if (!isOurs(error, event.filename)) return false
    event.stopImmediatePropagation()
    event.preventDefault()
    // A late trap of a dead instance must not take the living one with it.
    const run = /[?&]r=(\d+)/.exec(`${event.filename} ${error && error.stack}`)
    crash(run ? Number(run[1]) : 1, error || event.message)
    return true
  }

  // ---- Calls

  const answered = async (one, call) => {
    try {
      return await Promise.race([one.lost, call()])
    } catch (error) {
      if (isTrap(error)) crash(one.run, error)
      if (live !== one && camera !== one) return one.lost
      throw error
    }
  }

  const ask = async (name, args) => {
    const one = await load()
    return answered(one, () => one.module.call(name, args))
  }

  /** The picture needs no widget: where none runs, its module runs alone, where the next widget will find it. */
  const capture = async options => {
    const one = live || (camera = camera || instance(runs + 1))
    const [module] = await Promise.all([part(one, 'screenshot'), senses()])
    const { tiles } = await answered(one, () => module.capture(options))
    const blobs = tiles.map(({ blob }) => blob)
    return options?.tiles ? blobs : blobs[0]
  }

  const plain = async (reason, message) => {
    try {
      form = form || await import(`${base}fallback.js?v=${version}`)
      if (gone) return
      const texts = typeof message !== 'string' || spoken.includes(message) ? spoken : [...spoken, message]
      spoken = []
      await form.open(bridge(0), reason, texts.join('\n\n').slice(-20_000))
    } catch (error) {
      paint({ open: false })
      throw problem('fallback_failed', `the plain form cannot be shown: ${error}`)
    }
  }

  /** `open` and `ask`: where the widget cannot run, the plain form takes over. */
  const show = async (name, args) => {
    const message = name === 'ask' ? args[0] : args[0] && args[0].message
    if (form && ui.open && !live) return plain(failure, message)
    try {
      return await ask(name, args)
    } catch (error) {
      if (gone || !error || !error.code) throw error
      return plain(error.code, message)
    }
  }

  const close = () => (live ? ask('close', []) : form && form.close())

  const call = (name, ...args) => {
    if (name === 'status') return status()
    if (name === 'close') return close()
    if (name === 'captureScreenshot') return capture(...args)
    return name === 'open' || name === 'ask' ? show(name, args) : ask(name, args)
  }

  const destroy = () => {
    gone = true
    try { if (form) form.close() } catch {}
    try { if (live) live.module.destroy() } catch {}
    clear()
    live = null
  }

  core.dress(STATES)
  shortcuts(core, options => show('open', [options]), async () => close())
  check()
  return { load, call, owns, destroy, changed, look }
}
