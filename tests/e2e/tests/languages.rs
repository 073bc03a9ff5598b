//! The customer's language: what is said in it, which file serves whom, and what
//! happens where none comes.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use baton_e2e::panel::Panel;
use baton_e2e::{Host, Page, scenario, scenario_within, workspace};
use serde_json::{Value, json};

const GERMAN: &str = include_str!("../../../www/locales/de.json");
const ARABIC: &str = include_str!("../../../www/locales/ar.json");
const FRENCH: &str = include_str!("../../../www/locales/fr.json");
const JAPANESE: &str = include_str!("../../../www/locales/ja.json");
const PORTUGUESE: &str = include_str!("../../../www/locales/pt-BR.json");
const PSEUDO: &str = include_str!("../../../www/locales/en-XA.json");

const BODY: &str = "<h1>Orders</h1><p>Nothing here yet.</p>";

/// The words of a language by key.
struct Words(Value);

impl Words {
    fn of(file: &str) -> Self {
        Self(serde_json::from_str(file).expect("a language is JSON"))
    }

    fn get(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap_or_else(|| panic!("no words for {key}"))
    }

    /// The words with this in every place.
    fn filled(&self, key: &str, value: &str) -> String {
        let (before, rest) = self.get(key).split_once('{').expect("a place");
        [before, value, rest.split_once('}').expect("its end").1].concat()
    }
}

fn tag(locale: &str) -> String {
    format!(
        "<script src=\"/baton/baton.js\" data-endpoint=\"/v1/handoffs\" data-locale=\"{locale}\"></script>"
    )
}

/// A page that asks for this language, with the panel open.
async fn opened<'p>(page: &'p Page, locale: &str) -> Result<(Host, Panel<'p>)> {
    let host = Host::with_page(&tag(locale), BODY).await?;
    page.open(&host.url).await?;
    let panel = page.panel();
    panel.open().await?;
    Ok((host, panel))
}

async fn panel_has(page: &Page, attribute: &str) -> Result<String> {
    let body = "return document.querySelector('[data-baton-ui=widget]').shadowRoot
        .querySelector('.panel').getAttribute(arguments[0])";
    page.js(body, &[attribute.into()]).await
}

async fn locale_problems(page: &Page) -> Result<Vec<String>> {
    let status = page.status().await?;
    let problems = status["problems"].as_array().context("no list of problems")?;
    let of_locale = problems.iter().filter(|problem| problem["code"] == "locale");
    Ok(of_locale.map(|problem| problem["message"].to_string()).collect())
}

/// Which languages' files were asked for.
fn files_asked_for(host: &Host) -> Vec<String> {
    let paths = host.asked().into_iter().map(|asked| asked.path);
    paths.filter_map(|path| path.strip_prefix("/baton/locales/").map(str::to_owned)).collect()
}

#[test]
fn a_german_page_is_helped_in_german_from_the_greeting_to_the_confirmation() {
    scenario(async |page| {
        let words = Words::of(GERMAN);
        let in_german = "<script>document.documentElement.lang = 'de-AT'</script>";
        let head = [in_german, baton_e2e::host::TAG].concat();
        let host = Host::with_page(&head, BODY).await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.wait_for(words.get("say_greeting")).await?;
        let label = panel.launcher().await?.attr("aria-label").await?;
        assert_eq!(label.as_deref(), Some(words.get("launcher")));

        panel
            .say("Seit gestern ist unser Konto gehackt, jemand hat unsere Daten gestohlen!")
            .await?;
        let team = words.get("team_security");
        panel.wait_for(words.get("reason_security")).await?;
        panel.wait_for(words.get("more_security")).await?;
        panel.wait_for(&words.filled("say_bringing", team)).await?;
        panel.press(words.get("review")).await?;
        panel.wait_for(words.get("review_intro")).await?;
        let button = format!("{} {team}", words.get("approve"));
        panel.press(&format!("{} {} 1", words.get("picture_edit"), words.get("picture"))).await?;
        let editor = "return document.querySelector('[data-baton-ui=annotate]')?.shadowRoot
            .querySelector('h2')?.textContent ?? null";
        let title =
            page.until("the editor", async || page.js::<Option<String>>(editor, &[]).await).await?;
        assert_eq!(title, words.get("annotate_title"));
        page.js::<Value>(
            "document.querySelector('[data-baton-ui=annotate]').shadowRoot
                .querySelector('[data-do=cancel]').click(); return null",
            &[],
        )
        .await?;
        page.until_js("!document.querySelector('[data-baton-ui=annotate]')").await?;
        panel.press(&button).await?;
        panel.wait_for(words.get("delivered")).await?;
        let told = panel.text().await?;
        assert!(told.contains("Unser Sicherheitsteam."), "{told}");
        assert!(told.contains("Diese Unterhaltung, "), "{told}");
        assert!(told.contains(" und Angaben zu Ihrem Browser"), "{told}");
        let packet = &host.receiver.accepted()[0];
        assert_eq!(packet.conversation.transcript[0].text, words.get("say_greeting"));
        assert_eq!(packet.consent.text, words.get("consent"));
        Ok(())
    });
}

#[test]
fn arabic_runs_from_right_to_left_with_its_plurals_and_digits() {
    scenario(async |page| {
        let words = Words::of(ARABIC);
        let (host, panel) = opened(page, "ar-EG").await?;
        assert_eq!(files_asked_for(&host), ["index.json", "ar.json"]);
        assert_eq!([panel_has(page, "dir").await?, panel_has(page, "lang").await?], ["rtl", "ar"]);
        page.js::<Value>("for (let i = 0; i < 3; i++) console.error('broken'); return null", &[])
            .await?;
        page.log.expect("broken");
        panel.press(words.get("person")).await?;
        panel.wait_for(words.get("reason_asked_for_human")).await?;
        panel.wait_for(words.get("ready")).await?;
        // While a question is open, the card is short.
        panel.press(words.get("skip")).await?;
        panel.wait_for("٣ أسطر من وحدة التحكم").await?;
        panel.wait_for("صورة واحدة").await?;
        Ok(())
    });
}

#[test]
fn japanese_sentences_end_and_follow_as_japanese_does() {
    scenario(async |page| {
        let words = Words::of(JAPANESE);
        let (_host, panel) = opened(page, "ja").await?;
        panel.press(words.get("person")).await?;
        let bringing = words.filled("say_bringing", words.get("team_support"));
        panel.wait_for(&[words.get("reason_asked_for_human"), &bringing].concat()).await?;
        Ok(())
    });
}

#[test]
fn a_language_of_another_country_serves_and_an_unknown_one_is_english() {
    scenario(async |page| {
        let (_host, panel) = opened(page, "pt-PT").await?;
        panel.wait_for(Words::of(PORTUGUESE).get("say_greeting")).await?;
        assert_eq!(panel_has(page, "lang").await?, "pt-BR");

        let (host, panel) = opened(page, "xx").await?;
        panel.wait_for("Hi! Tell me what happened").await?;
        assert_eq!(files_asked_for(&host), ["index.json"]);
        assert_eq!(locale_problems(page).await?, [""; 0]);

        let (host, panel) = opened(page, "en-GB").await?;
        panel.wait_for("Hi! Tell me what happened").await?;
        assert_eq!(files_asked_for(&host), [""; 0]);
        Ok(())
    });
}

#[test]
fn a_file_that_does_not_come_is_english_and_the_developer_is_told() {
    scenario(async |page| {
        page.log.expect("503");
        let host = Host::with_page(&tag("de"), BODY).await?;
        host.block(Some("/baton/locales/de.json"));
        page.open(&host.url).await?;
        page.panel().open().await?;
        page.panel().wait_for("Hi! Tell me what happened").await?;
        let problems = locale_problems(page).await?;
        assert!(problems.len() == 1 && problems[0].contains("HTTP 503"), "{problems:?}");
        Ok(())
    });
}

/// Files that come late, before Baton has taken the page's `fetch`.
fn slow(file: &str, ms: u32) -> String {
    format!(
        "<script>{{ const real = fetch;
        window.fetch = async (url, init) => {{
            if (`${{url}}`.includes('{file}')) await new Promise(done => setTimeout(done, {ms}));
            return real(url, init) }} }}</script>"
    )
}

#[test]
fn opening_does_not_wait_long_for_a_language() {
    scenario(async |page| {
        let head = [slow("locales/", 1500), tag("de")].concat();
        let host = Host::with_page(&head, BODY).await?;
        page.open(&host.url).await?;
        page.panel().open().await?;
        page.panel().wait_for("Hi! Tell me what happened").await?;
        let problems = locale_problems(page).await?;
        assert!(problems.len() == 1 && problems[0].contains("in time"), "{problems:?}");
        Ok(())
    });
}

#[test]
fn of_two_languages_the_one_asked_for_last_is_spoken() {
    scenario(async |page| {
        let head = [slow("fr.json", 1000), tag("en")].concat();
        let host = Host::with_page(&head, BODY).await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        page.js_async::<Value>(
            "Baton.setLocale('fr'); await Baton.setLocale('de');
             await new Promise(done => setTimeout(done, 1500))",
        )
        .await?;
        let shown = panel.text().await?;
        assert!(shown.contains(Words::of(GERMAN).get("person")), "{shown}");
        Ok(())
    });
}

#[test]
fn the_language_changes_while_the_panel_is_open() {
    scenario(async |page| {
        let words = Words::of(FRENCH);
        let (_host, panel) = opened(page, "en").await?;
        panel.wait_for("Talk to a person").await?;
        page.js_async::<Value>("await Baton.setLocale('fr-CA')").await?;
        panel.wait_for(words.get("person")).await?;
        let label = panel.launcher().await?.attr("aria-label").await?;
        assert_eq!(label.as_deref(), Some(words.get("launcher")));
        page.js_async::<Value>("await Baton.setLocale('ar')").await?;
        panel.wait_for(Words::of(ARABIC).get("person")).await?;
        assert_eq!(panel_has(page, "dir").await?, "rtl");
        page.js_async::<Value>("await Baton.setLocale('en')").await?;
        panel.wait_for("Talk to a person").await?;
        assert_eq!(panel_has(page, "dir").await?, "ltr");
        Ok(())
    });
}

#[test]
fn the_pages_own_labels_win_over_every_language() {
    scenario(async |page| {
        let labels = json!({ "labels": { "say_greeting": "Moin!", "launcher": "Frag uns" } });
        let own = format!("<script>Baton.init({labels})</script>");
        let host = Host::with_page(&[tag("de"), own].concat(), BODY).await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.wait_for("Moin!").await?;
        panel.wait_for(Words::of(GERMAN).get("person")).await?;
        let label = panel.launcher().await?.attr("aria-label").await?;
        assert_eq!(label.as_deref(), Some("Frag uns"));
        Ok(())
    });
}

/// What sticks out of the panel, or is wider than its own box.
const TOO_WIDE: &str = "
    const panel = document.querySelector('[data-baton-ui=widget]').shadowRoot.querySelector('.panel');
    const box = panel.getBoundingClientRect();
    const named = one => `${one.localName}.${one.className}: ${one.textContent.slice(0, 60)}`;
    const wrong = [...panel.querySelectorAll('*')].filter(one => {
        const { left, right, width } = one.getBoundingClientRect();
        if (!width || one.closest('svg, canvas, .hidden, pre, code') || one.matches('option')) return false;
        const inside = left >= box.left - 1 && right <= box.right + 1;
        const scrolls = /auto|scroll/.test(getComputedStyle(one).overflowX);
        const cut = one.matches('textarea, input') || scrolls ? 0 : one.scrollWidth - one.clientWidth;
        return !inside || (cut > 1 && one.clientWidth > 0);
    });
    const whole = panel.scrollWidth > panel.clientWidth + 1 ? [`panel ${panel.scrollWidth} > ${panel.clientWidth}`] : [];
    return [...whole, ...wrong.map(named)]";

/// Fails where words do not fit; keeps what it looks like.
async fn fits(page: &Page, screen: &str) -> Result<()> {
    let folder: PathBuf = workspace::failures()?.join("languages");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(format!("{screen}.png")), page.web().screenshot_as_png().await?)?;
    let wrong: Vec<String> = page.js(TOO_WIDE, &[]).await?;
    ensure!(wrong.is_empty(), "{screen}: {wrong:#?}");
    Ok(())
}

/// Every screen of a case, on a phone of 375 pixels.
async fn every_screen_fits(page: &Page, locale: &str, file: &str) -> Result<()> {
    let words = Words::of(file);
    page.web().set_window_rect(0, 0, 375, 760).await?;
    let (_host, panel) = opened(page, locale).await?;
    panel.wait_for(words.get("say_greeting")).await?;
    fits(page, &format!("{locale}-1-chat")).await?;
    panel.press(words.get("person")).await?;
    panel.wait_for(words.get("ready")).await?;
    fits(page, &format!("{locale}-2-ready")).await?;
    panel.press(words.get("review")).await?;
    panel.wait_for(words.get("review_title")).await?;
    page.js::<Value>(
        "for (const one of document.querySelector('[data-baton-ui=widget]').shadowRoot
            .querySelectorAll('details')) one.open = true; return null",
        &[],
    )
    .await?;
    fits(page, &format!("{locale}-3-review")).await?;
    panel.press(words.get("approve")).await?;
    panel.wait_for(words.get("delivered")).await?;
    fits(page, &format!("{locale}-4-sent")).await
}

#[test]
fn long_words_fit_every_screen_of_a_phone() {
    scenario_within(180, async |page| every_screen_fits(page, "en-XA", PSEUDO).await);
}

#[test]
fn german_and_arabic_fit_every_screen_of_a_phone() {
    scenario_within(180, async |page| {
        every_screen_fits(page, "de", GERMAN).await?;
        every_screen_fits(page, "ar", ARABIC).await
    });
}
