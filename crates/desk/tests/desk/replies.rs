//! Reading: streams, long polls, and what another process stored.

use std::time::{Duration, Instant};

use baton_desk::{Desk, Options, app};
use serde_json::json;

use crate::support::{Reply, TestDesk, send};
use crate::talk::{Talk, uuid};

use axum::body::Body;
use axum::http::{Request, header};

#[tokio::test]
async fn a_stream_tells_what_was_and_what_comes_and_goes_on_where_it_was_cut() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let mut stream = talk.stream(&desk, "", None).await;
    let first = stream.next().await.unwrap();
    assert_eq!((&*first.id, &*first.kind), ("1", "status"));
    assert_eq!(stream.retry_ms(), Some(2000));

    let typing = json!({ "id": uuid(1), "type": "typing", "name": "Mia", "active": true });
    talk.decide(&desk, &typing).await;
    let event = stream.next().await.unwrap();
    // Not stored: the place to go on from stays where it was.
    assert_eq!((&*event.id, &*event.kind), ("1", "typing"));
    assert_eq!(event.data, r#"{"name":"Mia","active":true}"#);

    talk.answer(&desk, 2, "A line\nand another.").await;
    let mut kinds = Vec::new();
    for _ in 0..3 {
        let event = stream.next().await.unwrap();
        kinds.push((event.id, event.kind));
        let data: serde_json::Value = serde_json::from_str(&event.data).unwrap();
        assert!(data["text"].is_null() || data["text"] == "A line\nand another.");
    }
    assert_eq!(
        kinds,
        [("2", "agent"), ("3", "status"), ("4", "message")]
            .map(|(id, kind)| (id.to_owned(), kind.to_owned()))
    );
    drop(stream);

    talk.answer(&desk, 3, "Still there?").await;
    // By the query, by the header, and by the query where both are there.
    for (query, last_id) in [("?after=4", None), ("", Some(4)), ("?after=4", Some(1))] {
        let mut stream = talk.stream(&desk, query, last_id).await;
        assert_eq!(stream.next().await.unwrap().id, "5");
    }
}

#[tokio::test]
async fn one_conversation_hears_nothing_of_another() {
    let desk = TestDesk::new().await;
    let (talk, other) = (Talk::begin(&desk, 1).await, Talk::begin(&desk, 2).await);
    let mut stream = talk.stream(&desk, "?after=1", None).await;
    let typing = json!({ "id": uuid(1), "type": "typing", "name": "Mia", "active": true });
    other.decide(&desk, &typing).await;
    other.say(&desk, 2, "Other.").await;
    talk.say(&desk, 3, "Mine.").await;
    assert!(stream.next().await.unwrap().data.contains("Mine."));
}

async fn poll(desk: &TestDesk, talk: &Talk, after: u64, prefer: &str) -> Reply {
    let request = Request::get(format!("{}/replies?after={after}", talk.path))
        .header(header::AUTHORIZATION, talk.bearer())
        .header("prefer", prefer);
    desk.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_long_poll_ends_when_something_happens_or_the_wait_is_over() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    // What is there already is told without a wait.
    let began = Instant::now();
    let reply = poll(&desk, &talk, 0, "wait=25").await;
    assert_eq!((&reply.json()["next"], reply.header("preference-applied")), (&json!(1), "wait=25"));
    assert!(began.elapsed() < Duration::from_secs(10));
    let empty = poll(&desk, &talk, 1, "wait=1").await.json();
    assert_eq!(empty, json!({ "events": [], "next": 1 }));
    assert!(began.elapsed() >= Duration::from_secs(1));

    let (waited, _) = tokio::join!(poll(&desk, &talk, 1, "wait=25"), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        talk.say(&desk, 1, "Now.").await
    });
    assert_eq!(
        (&waited.json()["events"][0]["data"]["text"], &waited.json()["next"]),
        (&json!("Now."), &json!(2))
    );
    assert!(began.elapsed() < Duration::from_secs(15));
}

#[tokio::test]
async fn more_than_a_page_is_told_page_by_page() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    for number in 0..110 {
        let state = ["open", "pending"][number as usize % 2];
        let what = json!({ "id": uuid(number), "type": "status", "status": state });
        assert_eq!(talk.decide(&desk, &what).await.status, 202);
    }
    for number in 200..256 {
        talk.answer(&desk, number, "More.").await;
    }
    let mut after = 0;
    let mut seqs = Vec::new();
    loop {
        let page = talk.after(&desk, after).await;
        let events = page["events"].as_array().unwrap();
        assert!(events.len() <= 200);
        if events.is_empty() {
            break;
        }
        seqs.extend(events.iter().map(|event| event["seq"].as_u64().unwrap()));
        after = page["next"].as_u64().unwrap();
    }
    let last = seqs.len() as u64;
    assert!(last > 160);
    assert_eq!(seqs, (1..=last).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_another_desk_on_the_same_database_stores_arrives_within_seconds() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let second = app(Desk::open(Options::new(desk.folder.path())).await.unwrap());
    let mut stream = talk.stream(&desk, "?after=1", None).await;
    let began = Instant::now();
    let body =
        json!({ "id": uuid(1), "text": "From over there.", "at": crate::talk::AT, "name": "Lee" });
    let request = Request::post(format!("{}/replies", talk.path))
        .header(header::AUTHORIZATION, "Bearer demo")
        .header(header::CONTENT_TYPE, "application/json");
    let reply = send(second, request.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(reply.status, 201);
    assert!(stream.next().await.unwrap().data.contains("Lee"));
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}

#[tokio::test]
async fn two_desks_give_each_event_a_number_of_its_own() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let options = Options::new(desk.folder.path());
    let second = TestDesk {
        app: app(Desk::open(options).await.unwrap()),
        folder: tempfile::TempDir::new().unwrap(),
    };
    let writing = (0..20).map(|number| {
        let on = if number % 2 == 0 { &desk } else { &second };
        talk.say(on, number, "At once.")
    });
    let mut seqs = Vec::new();
    for reply in futures_util::future::join_all(writing).await {
        assert_eq!(reply.status, 201, "{}", reply.text());
        seqs.push(reply.json()["seq"].as_u64().unwrap());
    }
    seqs.sort_unstable();
    assert_eq!(seqs, (2..22).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_desk_that_stops_ends_its_streams() {
    let folder = tempfile::TempDir::new().unwrap();
    let inner = Desk::open(Options::new(folder.path())).await.unwrap();
    let desk = TestDesk { app: app(inner.clone()), folder };
    let talk = Talk::begin(&desk, 1).await;
    let mut stream = talk.stream(&desk, "?after=1", None).await;
    let waiting = poll(&desk, &talk, 1, "wait=25");
    let began = Instant::now();
    let (polled, ended, ()) = tokio::join!(waiting, stream.next(), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        inner.stop();
    });
    assert_eq!((polled.status.as_u16(), ended), (200, None));
    assert!(began.elapsed() < Duration::from_secs(10));
}
