//! The agents' page: reading on, answering, sorting, closing.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;

use crate::support::{Reply, TestDesk};
use crate::talk::{AT, Talk, uuid};

/// An agent's browser, signed in.
struct Agent {
    cookie: String,
}

impl Agent {
    async fn sign_in(desk: &TestDesk) -> Self {
        let reply = post(desk, "/desk/sign-in", "", "token=demo").await;
        Self { cookie: reply.header("set-cookie").split(';').next().unwrap().to_owned() }
    }

    async fn get(&self, desk: &TestDesk, path: &str) -> Reply {
        let request = Request::get(path).header(header::COOKIE, &self.cookie);
        desk.send(request.body(Body::empty()).unwrap()).await
    }

    async fn page(&self, desk: &TestDesk, talk: &Talk) -> String {
        self.get(desk, &format!("/desk/handoffs/{}", talk.id)).await.text()
    }

    async fn post(&self, desk: &TestDesk, talk: &Talk, route: &str, form: &str) -> Reply {
        post(desk, &format!("/desk/handoffs/{}/{route}", talk.id), &self.cookie, form).await
    }

    /// Sends the reply box of this page as a browser does.
    async fn reply(
        &self,
        desk: &TestDesk,
        talk: &Talk,
        page: &str,
        fields: &[(&str, &str)],
    ) -> Reply {
        let id = page.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut body = String::new();
        let mut part = |head: &str, value: &str| {
            body.push_str(&format!(
                "--edge\r\ncontent-disposition: form-data; {head}\r\n\r\n{value}\r\n"
            ));
        };
        part("name=\"id\"", id);
        // A file field that was left alone.
        part("name=\"file\"; filename=\"\"\r\ncontent-type: application/octet-stream", "");
        for (name, value) in fields {
            match name.split_once('/') {
                None => part(&format!("name=\"{name}\""), value),
                Some((file, media_type)) => part(
                    &format!("name=\"file\"; filename=\"{file}\"\r\ncontent-type: {media_type}"),
                    value,
                ),
            }
        }
        body.push_str("--edge--\r\n");
        let request = Request::post(format!("/desk/handoffs/{}/replies", talk.id))
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        desk.send(request.body(Body::from(body)).unwrap()).await
    }
}

async fn post(desk: &TestDesk, path: &str, cookie: &str, form: &str) -> Reply {
    let request = Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    desk.send(request.body(Body::from(form.to_owned())).unwrap()).await
}

#[tokio::test]
async fn an_agent_answers_sends_a_file_and_closes_the_case() {
    let desk = TestDesk::with(|options| options.agent_name = "Team".to_owned()).await;
    let talk = Talk::begin(&desk, 1).await;
    talk.say(&desk, 1, "Anybody there?").await;
    let agent = Agent::sign_in(&desk).await;
    let inbox = agent.get(&desk, "/desk").await.text();
    assert!(inbox.contains("1 new message") && inbox.contains(">New<"), "{inbox}");
    let page = agent.page(&desk, &talk).await;
    for expected in
        ["Anybody there?", "Handed over to Technical, place 1", "name=\"name\" value=\"Team\""]
    {
        assert!(page.contains(expected), "{expected}");
    }
    // Looked at is read.
    assert!(!agent.get(&desk, "/desk").await.text().contains("new message"));

    let sent = [("text", "Yes.\r\nLook:"), ("name", " Mia  K. "), ("how to?.png/image/png", "abc")];
    let reply = agent.reply(&desk, &talk, &page, &sent).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(reply.header("location"), format!("/desk/handoffs/{}#thread", talk.id));
    // Sent again by going back, it is the same message.
    assert_eq!(agent.reply(&desk, &talk, &page, &sent).await.status, 303);
    let told = [
        "1 status received",
        "2 message customer: Anybody there?",
        "3 agent Mia K.",
        "4 status open",
        "5 message agent: Yes.\nLook:",
    ];
    assert_eq!(talk.told(&desk).await, told);

    let page = agent.page(&desk, &talk).await;
    assert!(page.contains("name=\"name\" value=\"Mia K.\""), "the name is remembered");
    let file = page.split("<img src=\"/desk/handoffs/").nth(1).unwrap().split('"').next().unwrap();
    let file = agent.get(&desk, &format!("/desk/handoffs/{file}")).await;
    assert_eq!((file.body.as_slice(), file.header("content-type")), (&b"abc"[..], "image/png"));
    let sent = [("text", "Done."), ("name", "Mia K."), ("then", "resolved")];
    agent.reply(&desk, &talk, &page, &sent).await;
    assert_eq!(talk.told(&desk).await[5..], ["6 message agent: Done.", "7 status resolved"]);
    let inbox = agent.get(&desk, "/desk").await.text();
    assert!(inbox.contains("Resolved") && !inbox.contains("waits"), "{inbox}");
}

#[tokio::test]
async fn the_thread_alone_shows_what_came_since_and_how_it_was_rated() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let agent = Agent::sign_in(&desk).await;
    talk.answer(&desk, 1, "Hello.").await;
    let part = format!("/desk/handoffs/{}/thread", talk.id);
    let before = agent.get(&desk, &part).await.text();
    assert!(before.contains("Mia joined") && !before.contains("Seen"), "{before}");
    talk.signal(&desk, &json!({ "id": uuid(2), "type": "seen", "up_to": 4 })).await;
    assert!(agent.get(&desk, &part).await.text().contains("Seen"));
    let rating = json!({ "id": uuid(3), "type": "csat", "score": 2, "repeated": true, "comment": "<b>twice" });
    talk.signal(&desk, &rating).await;
    let after = agent.get(&desk, &part).await.text();
    assert!(after.contains("Rated 2 of 5, had to repeat themselves"), "{after}");
    assert!(after.contains("&lt;b&gt;twice") && !after.contains("<html"));
    let waiting = [Talk::begin(&desk, 2).await, Talk::begin(&desk, 3).await];
    waiting[0].answer(&desk, 1, "Hello.").await;
    let part_of_waiting = format!("/desk/handoffs/{}/thread", waiting[1].id);
    let waits = agent.get(&desk, &part_of_waiting).await.text();
    assert_eq!(waits.matches("Handed over to").count(), 1, "{waits}");
    let unsigned = Agent { cookie: String::new() }.get(&desk, &part).await;
    assert!(unsigned.header("location").starts_with("/desk/sign-in"));
}

#[tokio::test]
async fn states_and_queues_change_in_the_open_but_reasons_only_where_the_agent_says_so() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let agent = Agent::sign_in(&desk).await;
    for status in ["open", "pending", "resolved", "open"] {
        assert_eq!(
            agent.post(&desk, &talk, "status", &format!("status={status}")).await.status,
            303
        );
    }
    for wrong in ["status=received", "status=asleep", ""] {
        assert_eq!(agent.post(&desk, &talk, "status", wrong).await.status, 400);
    }
    let sort = "queue=billing&intent=refund&reason=Loud+customer";
    agent.post(&desk, &talk, "overrides", sort).await;
    let told = "queue=sales&intent=refund&reason=You+asked+for+a+plan&tell=on";
    agent.post(&desk, &talk, "overrides", told).await;
    let page = talk.after(&desk, 0).await;
    let events = page["events"].as_array().unwrap();
    let states: Vec<_> =
        events.iter().filter_map(|event| event["data"]["status"].as_str()).collect();
    assert_eq!(states, ["received", "open", "pending", "resolved", "open"]);
    let moves: Vec<_> = events.iter().filter(|event| event["type"] == "queue").collect();
    assert_eq!(
        (&moves[0]["data"]["to"], &moves[0]["data"]["reason"]),
        (&json!("billing"), &json!(null))
    );
    assert_eq!(
        (&moves[1]["data"]["from"], &moves[1]["data"]["reason"]),
        (&json!("billing"), &json!("You asked for a plan"))
    );
}

#[tokio::test]
async fn the_customer_learns_that_an_agent_writes() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let agent = Agent::sign_in(&desk).await;
    let mut stream = talk.stream(&desk, "?after=1", None).await;
    assert_eq!(agent.post(&desk, &talk, "typing", "name=Mia&active=true").await.status, 204);
    assert_eq!(stream.next().await.unwrap().data, r#"{"name":"Mia","active":true}"#);
    agent.post(&desk, &talk, "typing", "name=&active=false").await;
    assert_eq!(stream.next().await.unwrap().data, r#"{"active":false}"#);
    assert_eq!(agent.post(&desk, &talk, "typing", "name=Mia").await.status, 400);
    assert_eq!(talk.told(&desk).await.len(), 1, "nothing of it is stored");
}

#[tokio::test]
async fn what_cannot_be_sent_stays_in_the_box_with_the_reason() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let agent = Agent::sign_in(&desk).await;
    let page = agent.page(&desk, &talk).await;
    let text = "My <long> answer";
    for (fields, reason) in [
        (
            &[("text", text), ("name", "Mia"), ("run.exe/application/x-msdownload", "MZ")][..],
            "may be image/png",
        ),
        (&[("text", text), ("name", " ")], "say who you are"),
    ] {
        let reply = agent.reply(&desk, &talk, &page, fields).await;
        assert_eq!(reply.status, 422);
        let again = reply.text();
        assert!(again.contains(reason) && again.contains("My &lt;long&gt; answer"), "{reason}");
        assert!(again.contains("aria-invalid=\"true\""));
    }
    assert_eq!(
        agent.reply(&desk, &talk, &page, &[("text", " "), ("name", "Mia")]).await.status,
        422
    );
    assert_eq!(talk.told(&desk).await, ["1 status received"]);
    let elsewhere = Talk { id: "none".to_owned(), ..Talk::begin(&desk, 2).await };
    assert_eq!(
        agent.reply(&desk, &elsewhere, &page, &[("text", "x"), ("name", "Mia")]).await.status,
        404
    );
    let stranger = Agent { cookie: String::new() };
    let reply = stranger.reply(&desk, &talk, &page, &[("text", "x"), ("name", "Mia")]).await;
    assert!(reply.header("location").starts_with("/desk/sign-in"));
}

#[tokio::test]
async fn what_either_side_says_is_shown_as_text() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let agent = Agent::sign_in(&desk).await;
    let evil = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>\u{202e}";
    talk.say(&desk, 1, evil).await;
    let entry = json!({ "name": "<img src=x>.png", "type": "image/png", "size": 3, "sha256": crate::support::FILE_SHA256 });
    let message =
        json!({ "id": uuid(2), "text": evil, "at": AT, "attachments": [entry], "name": "<b>Mia" });
    let files = [(crate::support::FILE_SHA256, crate::support::FILE)];
    for (route, token) in [("messages", &*talk.token), ("replies", "demo")] {
        let mut message = message.clone();
        message["id"] = json!(uuid(if route == "replies" { 3 } else { 2 }));
        let reply = talk.post_parts(&desk, route, token, &message, &files).await;
        assert_eq!(reply.status, 201, "{}", reply.text());
    }
    let sort = json!({ "id": uuid(4), "type": "override", "field": "queue", "to": "<i>q", "reason": evil });
    talk.decide(&desk, &sort).await;
    let rating = json!({ "id": uuid(5), "type": "csat", "score": 1, "comment": evil });
    talk.signal(&desk, &rating).await;
    for page in [agent.page(&desk, &talk).await, agent.get(&desk, "/desk").await.text()] {
        assert_eq!(page.matches("<script").count(), 1);
        for tag in ["<img src=x", "<b>", "<i>", "onerror=alert(1)>", "\u{202e}"] {
            assert!(!page.contains(tag), "{tag}");
        }
    }
    let page = agent.page(&desk, &talk).await;
    assert_eq!(page.matches("&lt;script&gt;alert(1)").count(), 5, "{page}");
}
