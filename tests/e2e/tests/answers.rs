//! Who answers, against a real server: module `answers` as it ships, driven directly.

use anyhow::Result;
use baton_e2e::answer_server::{ANSWER, AnswerServer};
use baton_e2e::{Host, Page, scenario};
use serde_json::{Value, json};

const QUESTION: &str = "How do I download an invoice?";

/// The module on a page of its own origin, with this configuration.
async fn attach(page: &Page, config: &Value) -> Result<()> {
    let host = Host::with_page("", "<h1>Host</h1>").await?;
    page.open(&host.url).await?;
    // Its cookie must not travel to another origin.
    let body = "
        document.cookie = 'session=host';
        const module = await import('/baton/answers/answers.js');
        await module.default();
        window.told = []; window.parts = []; window.module = module;
        module.attach_answers({
            version: 'test', base: '/baton/',
            config: CONFIG,
            problem: (code, message) => { told.push(`${code}: ${message}`) },
            fetch: fetch.bind(window),
        });";
    page.js_async::<Value>(&body.replace("CONFIG", &config.to_string())).await?;
    Ok(())
}

async fn ask(page: &Page, question: &str) -> Result<Value> {
    let request = json!({ "question": question, "language": "en", "transcript": [] });
    page.js_async(&format!("return await module.answer({request}, text => {{ parts.push(text) }})"))
        .await
}

async fn told(page: &Page) -> Result<String> {
    page.js("return told.join('\\n')", &[]).await
}

#[test]
fn an_endpoint_of_another_origin_answers_whole_or_streamed() {
    scenario(async |page| {
        let server = AnswerServer::start().await?;
        for way in ["whole", "stream", "chat"] {
            let kind = if way == "chat" { "openai" } else { "baton" };
            let url = format!("{}/{way}", server.url);
            let ai =
                json!({ "url": url, "kind": kind, "headers": { "authorization": "Bearer app" } });
            attach(page, &json!({ "ai": ai })).await?;
            let answer = ask(page, QUESTION).await?;
            assert_eq!(answer["text"], ANSWER, "{way}: {}", told(page).await?);
            assert_eq!(answer["provider"], "ai");
            assert_eq!(answer["inferred"], json!(way != "stream"), "{way}");
            assert_eq!(told(page).await?, "");
            let parts: Vec<String> = page.js("return parts", &[]).await?;
            assert_eq!(parts.len() > 2, way != "whole", "{way}: {parts:?}");
            assert!(parts.iter().all(|part| ANSWER.starts_with(&**part)), "{parts:?}");
        }
        for asked in server.asked() {
            assert!(!asked.headers.contains_key("cookie"), "{asked:?}");
            assert_eq!(asked.headers["authorization"], "Bearer app");
        }
        let asked = server.asked();
        assert_eq!(asked[0].body["question"], QUESTION);
        assert_eq!(asked[2].body["stream"], true);
        Ok(())
    });
}

#[test]
fn an_endpoint_that_misbehaves_is_told_and_passed_over() {
    scenario(async |page| {
        // What the browser itself says of such answers.
        for expected in ["redirect", "Redirect", "CORS", "net::ERR_FAILED", "503"] {
            page.log.expect(expected);
        }
        let server = AnswerServer::start().await?;
        for (way, reason) in [
            ("redirect", "or a redirect that is refused"),
            ("no-cors", "not allowed by CORS"),
            ("html", "a web page is no answer"),
            ("down", "HTTP 503"),
            ("cut-early", "the stream ended before the answer did"),
            ("drip", "it took too long"),
        ] {
            let url = format!("{}/{way}", server.url);
            attach(page, &json!({ "ai": { "url": url, "timeoutMs": 1500 } })).await?;
            assert_eq!(ask(page, QUESTION).await?, Value::Null, "{way}");
            let told = told(page).await?;
            assert!(told.starts_with(&format!("answers_ai: ai: {url}: ")), "{told}");
            assert!(told.contains(reason), "{told}");
        }
        let asked = server.asked();
        assert!(asked.iter().all(|one| one.path != "/whole"), "a redirect was followed");
        let url = format!("{}/cut", server.url);
        attach(page, &json!({ "ai": url })).await?;
        let answer = ask(page, QUESTION).await?;
        assert_eq!(answer["text"], format!("{ANSWER} …"));
        assert_eq!((&answer["inferred"], &answer["confidence"]), (&json!(true), &Value::Null));
        assert!(told(page).await?.contains("the stream ended before the answer did"));
        Ok(())
    });
}

#[test]
fn what_an_endpoint_puts_into_an_answer_stays_text() {
    scenario(async |page| {
        let server = AnswerServer::start().await?;
        attach(page, &json!({ "ai": format!("{}/evil", server.url) })).await?;
        let answer = ask(page, QUESTION).await?;
        let text = answer["text"].as_str().unwrap_or_default();
        assert!(text.starts_with("<img") && text.ends_with(" gnp.exe"), "{text}");
        let is_safe: bool = page.js("return window.pwned === undefined", &[]).await?;
        assert!(is_safe);
        Ok(())
    });
}

#[test]
fn two_thousand_articles_are_indexed_in_slices_and_searched_at_once() {
    scenario(async |page| {
        let server = AnswerServer::start().await?;
        attach(page, &json!({ "articles": format!("{}/feed", server.url) })).await?;
        let body = format!(
            "const longTasks = [];
             new PerformanceObserver(list => longTasks.push(...list.getEntries().map(one => one.duration)))
                .observe({{ entryTypes: ['longtask'] }});
             const request = {{ question: {}, language: 'en' }};
             const start = performance.now();
             const first = await module.answer(request, () => {{}});
             const built = performance.now() - start;
             const times = [];
             for (let n = 0; n < 20; n++) {{
                const start = performance.now();
                await module.answer(request, () => {{}});
                times.push(performance.now() - start);
             }}
             await new Promise(run => setTimeout(run, 100));
             return {{ key: first.key, text: first.text, longTasks, built, search: times.sort((a, b) => a - b)[10] }}",
            json!(QUESTION)
        );
        let measured: Value = page.js_async(&body).await?;
        println!("{measured}");
        assert_eq!(
            (&measured["key"], &measured["text"]),
            (&json!("articles:invoice"), &json!(ANSWER))
        );
        assert!(measured["search"].as_f64().is_some_and(|ms| ms < 20.0), "{measured}");
        // Parsing the feed is the browser's; a machine under load is slower than that.
        let long = measured["longTasks"].as_array().cloned().unwrap_or_default();
        assert!(long.iter().all(|ms| ms.as_f64().is_some_and(|ms| ms < 250.0)), "{measured}");
        Ok(())
    });
}

#[test]
fn a_feed_that_is_none_costs_only_itself() {
    scenario(async |page| {
        page.log.expect("404");
        let server = AnswerServer::start().await?;
        for (way, reason) in [
            ("nowhere", "HTTP 404"),
            ("html", "a web page is no feed of articles"),
            ("large", "it is larger than 20 MB"),
            ("whole", "there is no list of articles"),
        ] {
            let url = format!("{}/{way}", server.url);
            let ai = format!("{}/stream", server.url);
            attach(page, &json!({ "articles": url, "ai": ai })).await?;
            assert_eq!(ask(page, QUESTION).await?["provider"], "ai", "{way}");
            let told = told(page).await?;
            assert!(told.contains(&format!("{url}: {reason}")), "{told}");
        }
        Ok(())
    });
}
