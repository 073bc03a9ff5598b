//! Ways by which secrets leak in practice, each tried once, by hand.

use std::time::Duration;

use anyhow::Result;
use baton_e2e::{Arrived, Desk, Host, Page, Trace, host::TAG, scenario};
use baton_packet::{ErrorKind, Packet};
use serde_json::{Value, json};

/// What a page does, with `§` where a secret of 24 random characters is.
const WAYS: [(&str, &str); 59] = [
    ("address in a parameter",
     "await fetch('/echo?next=' + encodeURIComponent('https://x.example/cb?access_token=§&a=1'))"),
    ("address in a parameter, encoded twice",
     "await fetch('/echo?u=' + encodeURIComponent(encodeURIComponent('https://x.example/?token=§')))"),
    ("JSON in a parameter",
     "await fetch('/echo?state=' + encodeURIComponent(JSON.stringify({ user: { password: '§' } })))"),
    ("fragment of a request", "await fetch('/echo#id_token=§')"),
    ("user info of an address", "console.log('cannot reach https://ann:§@db.example/app')"),
    ("basic authentication", "console.log('headers', { Authorization: 'Basic YW5u§' })"),
    ("custom header", "await fetch('/echo', { headers: { 'x-note': 'api_key=§' } })"),
    ("GraphQL variables", "await post({ query: 'mutation($p: String!) { login(password: $p) }',
        variables: { input: { email: 'a@example.com', password: '§' } } })"),
    ("GraphQL in place", "await post({ query: 'mutation { login(password: \"§\") { id } }' })"),
    ("JSON in JSON", "await post({ payload: JSON.stringify({ auth: JSON.stringify({ secret: '§' }) }) })"),
    ("list of pairs in JSON", "await post({ headers: [['x-api-key', '§']] })"),
    ("name and value in JSON", "await post({ headers: [{ name: 'x-api-key', value: '§' }] })"),
    ("web form", "await send(new URLSearchParams({ 'user[password]': '§' }))"),
    ("multipart form", "const form = new FormData(); form.append('password', '§'); await send(form)"),
    ("XML", "await send('<s:Envelope><wsse:Password Type=\"x\">§</wsse:Password></s:Envelope>')"),
    ("WebSocket", "new WebSocket('ws://' + location.host + '/none?token=§')"),
    ("EventSource", "new EventSource('/none?access_token=§').close()"),
    ("failed picture", "add('<img src=\"/none.png?X-Amz-Signature=§\">')"),
    ("failed script", "add('<i></i>').append(Object.assign(document.createElement('script'),
        { src: '/none.js?sig=§' }))"),
    ("content policy", "add('<img src=\"http://127.0.0.2:8099/x.png?token=§\">')"),
    ("set-cookie", "console.log('set-cookie: sid=§; Path=/; HttpOnly')"),
    ("dump of an answer", "console.log('HTTP/1.1 200 OK\\r\\nSet-Cookie: session=§; Secure\\r\\n\\r\\nok')"),
    ("Map", "console.log(new Map([['password', '§']]))"),
    ("entries of headers", "console.log([...new Headers({ 'x-api-key': '§' })])"),
    ("two arguments", "console.log('password', '§')"),
    ("two arguments, camel case", "console.warn('refreshToken', '§', 'stored')"),
    ("scheme and value", "console.log('Bearer', '§')"),
    ("JSON as text", "console.log(JSON.stringify(JSON.stringify({ clientSecret: '§' })))"),
    ("styled line", "console.log('%cauth', 'color: red', { secretKey: '§' })"),
    ("assertion", "console.assert(false, 'token=§')"),
    ("shell", "console.log('run: export STRIPE_SECRET_KEY=§ && npm start')"),
    ("command line", "console.log('curl -u ann:§ https://api.example.com')"),
    ("error", "later(() => { throw new Error('login failed: password=§') })"),
    ("cause of an error", "later(() => { throw new Error('x', { cause: { apiKey: '§' } }) })"),
    ("stack of an error", "const e = new Error('bad key'); e.stack = 'Error: bad key\\n    at sign (/a.js:1:1)\\n' +
        '-----BEGIN RSA PRIVATE KEY-----\\nMIIE§\\n§\\n-----END RSA PRIVATE KEY-----'; later(() => { throw e })"),
    ("name of an error", "const e = new Error('x'); e.name = 'Token token=§'; later(() => { throw e })"),
    ("rejection", "Promise.reject({ password: '§' })"),
    ("title", "document.title = 'Sign in, token=§'"),
    ("route with a one-time link", "history.pushState(null, '', '/#/reset/§')"),
    ("route with a token", "history.pushState(null, '', '/#access_token=§&token_type=bearer')"),
    ("address of the page", "history.pushState(null, '', '/?invite=§')"),
    ("attribute", "add('<div data-api-key=\"§\">x</div>')"),
    ("attribute of a component", "add('<x-login access-token=\"§\"></x-login>')"),
    ("meta", "document.head.insertAdjacentHTML('beforeend', '<meta name=\"csrf-token\" content=\"§\">')"),
    ("style", "add('<p style=\"background: url(/bg.png?token=§)\">x</p>')"),
    ("text", "add('<pre>GITHUB_TOKEN=§\\nDEBUG=1</pre>')"),
    ("alert", "add('<p role=alert>The key api_key=§ was refused</p>')"),
    ("frame", "add('<iframe srcdoc=\"<p>secret: §</p>\"></iframe>')"),
    ("breadcrumb", "Baton.addBreadcrumb({ category: 'auth', message: 'token=§', data: { pin: 1, password: '§' } })"),
    ("custom data", "Baton.setCustomData({ session: { accessToken: '§' }, 'token=§': 1 })"),
    ("metadata", "Baton.metadata(() => ({ env: 'API_TOKEN=§' }))"),
    ("traits", "Baton.identify('u1', { apiToken: '§', plan: 'pro' })"),
    ("name of a file", "Baton.attach('token=§.txt', new Blob(['x']))"),
    ("feature flag", "await Baton.init({ app: { featureFlags: { api_key: '§' } } })"),
    ("name of a button", "document.querySelector('main').innerHTML =
        '<button id=\"§@corp.example\" aria-label=\"Copy API key: §\">Copy</button>'"),
    ("field for a key", "type(add('<input aria-label=\"API key\">'), '§')"),
    ("field for notes", "type(add('<input aria-label=Notes>'), 'token=§')"),
    ("text that can be edited", "type(add('<p contenteditable>x</p>'), 'password: §')"),
    ("text of an option", "add('<select><option>api_key=§</select>')"),
];

const HELPERS: &str = "
const type = (field, text) => {
  field.focus()
  // As by a hand: its events are trusted.
  document.execCommand('insertText', false, text)
}
const post = data => send(JSON.stringify(data))
const send = async body => (await fetch('/echo', { method: 'POST', body })).text()
const later = f => setTimeout(f)
const add = html => {
  const place = document.body.appendChild(document.createElement('section'))
  place.innerHTML = html
  return place.firstChild
}
";

/// The page with these files, and the desk that it delivers to.
pub async fn set_up(
    page: &Page,
    mut config: Value,
    head: &str,
    body: &str,
) -> Result<(Host, Desk)> {
    let host = Host::start().await?;
    let desk = Desk::start_for(&[&host.url]).await?;
    config["endpoint"] = json!(format!("{}/v1/handoffs", desk.url));
    host.page("/", &format!("{TAG}<script>Baton.init({config})</script>{head}"), body);
    page.open(&host.url).await?;
    // With it, the sensors' second part is there.
    page.status().await?;
    Ok((host, desk))
}

/// Hands over what the page holds; the packet and everything that was stored.
pub async fn hand_over(page: &Page, desk: &Desk, message: &str) -> Result<(Packet, Arrived)> {
    let options = json!({ "message": message, "consent": true });
    let id: String = page.js_async(&format!("return (await Baton.handoff({options})).id")).await?;
    let packet = desk.packet(&id).await?;
    let mut arrived = Arrived::default();
    arrived.read(&desk.packet_bytes(&id).await?);
    for file in packet.attachments.iter().filter(|file| !file.media_type.starts_with("image/")) {
        arrived.read(&desk.attachment(&id, &file.name).await?);
    }
    Ok((packet, arrived))
}

/// 24 characters, others for each number.
pub fn secret(number: usize) -> String {
    let mut random = crate::canary::corpus::Random(number as u64);
    let alphabet = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    (0..24).map(|_| char::from(alphabet[random.next() % alphabet.len()])).collect()
}

#[test]
fn no_secret_leaks_by_the_ways_that_are_known() {
    scenario(async |page| {
        for words in ["ways.js", "none", "token=", "Content Security Policy"] {
            page.log.expect(words);
        }
        let config = json!({ "network": { "headers": ["x-note"], "bodies": ["/echo"] } });
        let policy = "<meta http-equiv=\"Content-Security-Policy\" \
            content=\"img-src 'self' data: blob:\"><script src=\"/ways.js\"></script>";
        let (host, desk) = set_up(page, config, policy, "<main></main>").await?;
        let (mut script, mut traces) = (String::from(HELPERS), Vec::new());
        script.push_str("window.ways = async () => {\n");
        for (number, (name, way)) in WAYS.iter().enumerate() {
            let secret = secret(number);
            script.push_str(&format!("{{ {} }}\n", way.replace('§', &secret)));
            traces.push(Trace::of(name, &secret));
        }
        script.push('}');
        host.file("/ways.js", &script);
        page.open(&host.url).await?;
        page.status().await?;
        page.js_async::<Value>("await ways()").await?;
        page.click("main button").await?;
        tokio::time::sleep(Duration::from_millis(300)).await;

        let said = secret(WAYS.len());
        traces.push(Trace::of("message", &said));
        let message = format!("Signing in fails, my password is {said}, it worked before");
        let (packet, arrived) = hand_over(page, &desk, &message).await?;
        let evidence = &packet.evidence;
        let counts = [
            evidence.console.records.len(),
            evidence.network.records.len(),
            evidence.errors.records.len(),
        ];
        assert!(counts[0] >= 14 && counts[1] >= 15 && counts[2] >= 9, "{counts:?} {evidence:?}");
        for kind in [ErrorKind::Csp, ErrorKind::Resource, ErrorKind::UnhandledRejection] {
            assert!(evidence.errors.records.iter().any(|error| error.kind == kind), "{kind:?}");
        }
        let leaks = arrived.leaks(&traces);
        println!("{} ways, {} leaks", traces.len(), leaks.len());
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));
        Ok(())
    });
}
