//! `/desk`: signing in, and hostile packets shown as text.

use axum::body::Body;
use axum::http::Request;
use baton_evidence::integrity::seal;
use baton_packet::Packet;
use serde_json::json;

use crate::hostile::poison;
use crate::support::{FILE, FILE_SHA256, Reply, TestDesk, packet};

async fn post_form(desk: &TestDesk, path: &str, body: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::post(path)
        .header("host", "desk.example")
        .header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    desk.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn get(desk: &TestDesk, path: &str, cookie: &str) -> Reply {
    desk.send(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

async fn sign_in(desk: &TestDesk) -> String {
    let reply = post_form(desk, "/desk/sign-in", "token=demo", &[]).await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/desk"));
    reply.header("set-cookie").split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn without_a_session_every_page_leads_to_signing_in() {
    let desk = TestDesk::new().await;
    desk.post_parts(&packet(1), &[(FILE_SHA256, FILE)]).await;
    let base = format!("/desk/handoffs/{}", packet(1)["id"].as_str().unwrap());
    let file = format!("{base}/attachments/screenshot-1.png");
    let (packet, viewer) = (format!("{base}/packet.json"), format!("{base}/viewer"));
    for path in ["/desk", "/desk/", &base, &packet, &viewer, &file] {
        for cookie in ["", "baton_desk=demo", "baton_desk="] {
            let reply = get(&desk, path, cookie).await;
            assert_eq!(reply.status, 303, "{path}");
            assert_eq!(reply.header("location"), format!("/desk/sign-in?to={path}"));
            assert!(reply.body.is_empty());
        }
    }
}

#[tokio::test]
async fn the_token_opens_a_session_and_is_not_the_cookie() {
    let desk = TestDesk::new().await;
    let reply = post_form(&desk, "/desk/sign-in", "token=demo&to=/desk/handoffs/x", &[]).await;
    assert_eq!(reply.header("location"), "/desk/handoffs/x");
    let cookie = reply.header("set-cookie");
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/desk"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let value = cookie.split(['=', ';']).nth(1).unwrap();
    assert!(value.len() == 64 && !cookie.contains("demo"), "{cookie}");
    assert_eq!(get(&desk, "/desk", cookie).await.status, 200);
    // Security: the cookie is worth nothing on the API.
    get(&desk, "/v1/handoffs", cookie).await.problem(401);
}

#[tokio::test]
async fn a_wrong_token_opens_nothing() {
    let desk = TestDesk::new().await;
    for body in ["token=wrong", "token=", "", "token=demo2&to=/desk"] {
        let reply = post_form(&desk, "/desk/sign-in", body, &[]).await;
        assert!(reply.status.is_client_error(), "{body}");
        assert_eq!(reply.header("set-cookie"), "");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_desk() {
    let desk = TestDesk::new().await;
    let cookie = sign_in(&desk).await;
    assert_eq!(get(&desk, "/desk", &cookie).await.status, 200);
    post_form(&desk, "/desk/sign-out", "", &[("cookie", &cookie)]).await;
    assert_eq!(get(&desk, "/desk", &cookie).await.status, 303);
}

#[tokio::test]
async fn another_sites_form_is_refused() {
    let desk = TestDesk::new().await;
    for headers in [
        &[("origin", "https://evil.example")][..],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "https://other.desk.example")],
    ] {
        let reply = post_form(&desk, "/desk/sign-in", "token=demo", headers).await;
        assert_eq!((reply.status.as_u16(), reply.header("set-cookie")), (403, ""));
    }
    let own = [("origin", "http://desk.example"), ("sec-fetch-site", "same-origin")];
    assert_eq!(post_form(&desk, "/desk/sign-in", "token=demo", &own).await.status, 303);
}

#[tokio::test]
async fn pages_carry_the_strict_policy_and_hold_nothing_inline() {
    let desk = TestDesk::new().await;
    desk.post(&packet(1)).await;
    let cookie = sign_in(&desk).await;
    let case = format!("/desk/handoffs/{}", packet(1)["id"].as_str().unwrap());
    for path in ["/desk", "/desk/sign-in", &case] {
        let reply = get(&desk, path, &cookie).await;
        assert_eq!(reply.status, 200);
        assert_eq!(
            reply.header("content-security-policy"),
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; \
             connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        );
        assert_eq!(reply.header("cache-control"), "no-store");
        let page = reply.text();
        assert!(!page.contains(" style=") && !page.contains("<style"));
        assert_eq!(page.matches("<script").count(), 1);
        assert!(page.contains("<script defer src=\"/desk/assets/desk.js\"></script>"));
    }
    for (name, media_type) in
        [("desk.css", "text/css"), ("desk.js", "text/javascript"), ("desk.svg", "image/svg+xml")]
    {
        let reply = get(&desk, &format!("/desk/assets/{name}"), "").await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, media_type));
    }
}

#[tokio::test]
async fn an_empty_inbox_says_how_to_send_the_first_packet() {
    let desk = TestDesk::new().await;
    let cookie = sign_in(&desk).await;
    let page = get(&desk, "/desk", &cookie).await.text();
    assert!(page.contains("data-endpoint=&quot;/v1/handoffs&quot;"), "{page}");
}

#[tokio::test]
async fn the_page_of_a_handoff_tells_the_whole_case() {
    let desk = TestDesk::new().await;
    desk.post_parts(&packet(1), &[(FILE_SHA256, FILE)]).await;
    let cookie = sign_in(&desk).await;
    let id = packet(1)["id"].as_str().unwrap().to_owned();
    let inbox = get(&desk, "/desk", &cookie).await.text();
    for expected in
        [&format!("/desk/handoffs/{id}"), "Dana Reyes", "2 failed requests", "Technical"]
    {
        assert!(inbox.contains(expected), "{expected}");
    }
    let page = get(&desk, &format!("/desk/handoffs/{id}"), &cookie).await.text();
    for expected in [
        "The invoice export fails with an error every time.",
        "This needs someone to look at logs and steps.",
        "needs_investigation",
        "so I am bringing in a person.",
        "this desk does not check it",
        "at export (app.js:12:8)",
        "Europe/Berlin",
        "<s><bdi>Network</bdi></s> struck out",
        "1 image could not be read across origins",
        "−20.0 s",
        &format!("<img src=\"/desk/handoffs/{id}/attachments/screenshot-1.png\""),
        &format!("src=\"/desk/handoffs/{id}/viewer\""),
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    // Privacy: the proof of identity is never part of what a page shows.
    assert!(!page.contains("5f0c"));
    let raw = get(&desk, &format!("/desk/handoffs/{id}/packet.json"), &cookie).await;
    assert_eq!(raw.json(), packet(1));
    assert!(raw.header("content-disposition").starts_with("attachment"));
    assert_eq!(get(&desk, "/desk/handoffs/unknown", &cookie).await.status, 404);
}

#[tokio::test]
async fn the_evidence_is_a_page_with_an_origin_of_its_own() {
    let desk = TestDesk::new().await;
    desk.post_parts(&packet(1), &[(FILE_SHA256, FILE)]).await;
    let cookie = sign_in(&desk).await;
    let path = format!("/desk/handoffs/{}/viewer", packet(1)["id"].as_str().unwrap());
    let reply = get(&desk, &path, &cookie).await;
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(reply.header("content-disposition"), "");
    assert_eq!(reply.header("cache-control"), "no-store");
    // Security: without `allow-same-origin`, nothing in it can use the session.
    let policy = reply.header("content-security-policy");
    assert!(policy.starts_with(&baton_evidence::viewer::policy()), "{policy}");
    assert!(policy.contains("; sandbox allow-scripts ") && !policy.contains("same-origin"));
    assert!(policy.ends_with("; frame-ancestors 'self'"), "{policy}");
    let page = reply.text();
    for expected in [
        "export failed [token]",
        "Failed to fetch",
        "button “Export”",
        "the steps sensor is switched off",
        "data:image/png;base64,YWJj",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("5f0c"));
    let file = get(&desk, &format!("{path}?download"), &cookie).await;
    assert_eq!(
        file.header("content-disposition"),
        format!("attachment; filename=\"handoff-{}.html\"", packet(1)["id"].as_str().unwrap())
    );
    assert_eq!(file.body, page.as_bytes());
    assert_eq!(get(&desk, "/desk/handoffs/unknown/viewer", &cookie).await.status, 404);
}

#[tokio::test]
async fn a_changed_packet_is_told_from_the_one_that_was_sealed() {
    let desk = TestDesk::new().await;
    let cookie = sign_in(&desk).await;
    let mut sealed: Packet = serde_json::from_value(packet(1)).unwrap();
    seal(&mut sealed);
    let mut changed = sealed.clone();
    changed.id = serde_json::from_value(packet(2)["id"].clone()).unwrap();
    seal(&mut changed);
    changed.conversation.transcript[0].text.push_str(" Pay me.");
    for (sealed, expected) in [
        (json!(sealed), "Seal intact"),
        (json!(changed), "Seal broken: conversation is not what was sealed"),
    ] {
        desk.post_parts(&sealed, &[(FILE_SHA256, FILE)]).await;
        let path = format!("/desk/handoffs/{}", sealed["id"].as_str().unwrap());
        let page = get(&desk, &path, &cookie).await.text();
        assert!(page.contains(expected), "{expected}");
    }
    desk.post(&packet(3)).await;
    let path = format!("/desk/handoffs/{}", packet(3)["id"].as_str().unwrap());
    assert!(!get(&desk, &path, &cookie).await.text().contains("Seal "));
}

#[tokio::test]
async fn a_hostile_packet_is_shown_as_text_wherever_it_speaks() {
    let desk = TestDesk::new().await;
    let cookie = sign_in(&desk).await;
    let long = "x".repeat(30_000);
    for (number, evil) in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "javascript:alert(1)//<svg onload=alert(1)>",
        "</title></textarea></pre><iframe srcdoc='<script>'>",
        "\u{202e}\u{2066}txt.exe\u{0}\u{1b}[31m",
        &long,
    ]
    .into_iter()
    .enumerate()
    {
        let mut packet = packet(u32::try_from(number).unwrap());
        poison(&mut packet, evil);
        packet["customer"]["traits"] = json!({ evil: evil });
        packet["conversation"]["previous"][0]["id"] = json!(evil);
        packet["redactions"][0]["kind"] = json!(evil);
        let name = "a\u{202e}gnp.<b>&'.png";
        packet["attachments"][0]["name"] = json!(name);
        packet["evidence"]["screenshots"][0]["attachment"] = json!(name);
        let reply = desk.post_parts(&packet, &[(FILE_SHA256, FILE)]).await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        let id = packet["id"].as_str().unwrap();
        for path in ["/desk".to_owned(), format!("/desk/handoffs/{id}")] {
            let page = get(&desk, &path, &cookie).await.text();
            // An inbox of fifty must stay light whatever a title holds.
            assert!(path != "/desk" || page.len() < 20_000);
            assert_eq!(page.matches("<script").count(), 1, "{evil}");
            for tag in ["<svg", "<img src=x", "<b>", "href=\"javascript"] {
                assert!(!page.contains(tag), "{evil}: {tag}");
            }
            // The desk's own frame of the evidence.
            assert_eq!(page.matches("<iframe").count(), usize::from(path != "/desk"), "{evil}");
            assert_eq!(page.matches("</title>").count(), 1);
            // Not in quotes of ours: every attribute is written with double ones.
            assert!(!page.contains("\" onmouseover") && !page.contains("\"onmouseover"));
            assert!(!page.contains('\u{202e}'), "{evil}: turns the reading order around");
            if evil.contains('<') {
                assert!(page.contains(
                    &evil.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
                ));
            }
        }
        let viewer = get(&desk, &format!("/desk/handoffs/{id}/viewer"), &cookie).await.text();
        assert_eq!(viewer.matches("<script").count(), 2, "{evil}");
        assert_eq!(viewer.matches("</title>").count(), 1, "{evil}");
        assert_eq!(viewer.matches("<iframe").count(), 0, "{evil}");
        let file = format!("/desk/handoffs/{id}/attachments/a%E2%80%AEgnp.%3Cb%3E%26%27.png");
        assert!(get(&desk, &format!("/desk/handoffs/{id}"), &cookie).await.text().contains(&file));
        assert_eq!(get(&desk, &file, &cookie).await.body, FILE);
    }
}

#[tokio::test]
async fn a_session_outlives_a_restart_but_not_a_new_token() {
    let desk = TestDesk::new().await;
    let cookie = sign_in(&desk).await;
    let desk = desk.restarted(|_| {}).await;
    assert_eq!(get(&desk, "/desk", &cookie).await.status, 200);
    let desk = desk.restarted(|options| options.token = "other".to_owned()).await;
    assert_eq!(get(&desk, "/desk", &cookie).await.status, 303);
}
