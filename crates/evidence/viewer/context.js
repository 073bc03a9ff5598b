// Where it happened, how the page performed, and what the packet holds back.

const pairs = object => Object.entries(object || {}).map(([name, json]) => [name, code(value(json))])
const yes = is => is == null ? null : is ? 'yes' : 'no'

// Good up to the first, poor above the second: the thresholds of web.dev/articles/vitals.
const VITALS = [
  ['lcp_ms', 'Largest Contentful Paint', duration, 2500, 4000],
  ['inp_ms', 'Interaction to Next Paint', duration, 200, 500],
  ['cls', 'Cumulative Layout Shift', number, 0.1, 0.25],
]

const environment = () => {
  const { app, environment: env } = packet
  const { browser, os, device, viewport, screen, connection } = env
  return h('div', { class: 'sections' },
    section('Messages on the page', list(env.visible_errors)),
    section('Page', facts([
      ['Title', env.page_title], ['Address', link(env.page_url)], ['Came from', env.referrer && link(env.referrer)],
      [app.name || 'Application', app.version], ['Release', app.release], ['Baton', `${app.widget.name} ${app.widget.version}`],
    ])),
    section('Browser and device', facts([
      ['Browser', `${browser.name} ${browser.version}`], ['System', [os.name, os.version].filter(Boolean).join(' ')],
      ['Device', [inWords(device.kind), device.model, device.touch && 'touch'].filter(Boolean).join(', ')],
      ['Viewport', `${viewport.width} × ${viewport.height} at ${number(viewport.device_pixel_ratio)}×${viewport.scale && viewport.scale !== 1 ? `, zoomed ${number(viewport.scale)}×` : ''}`],
      ['Screen', screen && `${screen.width} × ${screen.height}`], ['Colours', env.color_scheme], ['Reduced motion', yes(env.reduced_motion)],
      ['Languages', env.languages.join(', ')], ['Time zone', env.time_zone],
      ['Connection', connection && [connection.online ? 'online' : 'offline', connection.effective_type, connection.rtt_ms != null && duration(connection.rtt_ms)].filter(Boolean).join(', ')],
      ['Cookies', yes(env.cookies_enabled)], ['Storage', yes(env.storage_available)], ['User agent', code(browser.user_agent)],
    ])),
    section('How the page performed', VITALS.some(([key]) => performance[key] != null) && facts(VITALS.map(([key, name, tell, good, poor]) => [name, performance[key] != null && [
      tell(performance[key]), ' ', performance[key] <= good ? tag('good', 'good') : performance[key] > poor ? tag('poor', 'bad') : tag('needs work', 'warn')]]))),
    section('Feature flags', pairs(app.feature_flags).length > 0 && facts(pairs(app.feature_flags))),
    section('Custom data', pairs(app.custom_data).length > 0 && facts(pairs(app.custom_data))))
}

const privacy = () => {
  const { consent, redactions } = packet
  const gaps = [...evidence.gaps, ...evidence.replay?.gaps || []]
  return h('div', { class: 'sections' },
    section('Could not be captured', list(gaps, ({ stage, reason }) => [h('strong', null, inWords(stage)), ': ', prose(reason)])),
    section('Masked before sending', redactions.length > 0 ? h('table', null,
      h('thead', null, h('tr', null, ['What', 'Where', 'How often'].map((name, at) => h('th', { scope: 'col', class: at === 2 && 'number' }, name)))),
      h('tbody', null, redactions.map(({ section: where, kind, count }) => h('tr', null, h('td', null, kind), h('td', null, code(where)), h('td', { class: 'number' }, count)))))
      : h('p', { class: 'soft' }, 'Nothing had to be masked.')),
    section('What the customer approved',
      h('p', { class: 'soft' }, `${{ review: 'In the review', api: 'By the page’s own dialogue', fallback: 'In the plain form' }[consent.via]}, ${moment(consent.at)}`),
      prose(consent.text, 'blockquote'),
      list(consent.items, ({ item, included, count }) => included ? `${inWords(item)}: ${count}` : [h('s', null, inWords(item)), ' struck out'])),
    section('Seal', packet.integrity && facts([['Chain', code(packet.integrity.chain)], ['Over', packet.integrity.items.map(({ path }) => path).join(', ')]])),
    section('Files of the packet', list(packet.attachments, ({ name, type, size, sha256 }) => [code(name), ` ${type}, ${bytes(size)} `, h('span', { class: 'soft hash' }, `SHA-256 ${sha256}`)])))
}
