//! A conversation from its first to its last word.

use serde_json::json;

use crate::support::{FILE, FILE_SHA256, TestDesk, packet};
use crate::talk::{AT, Talk, uuid};

#[tokio::test]
async fn the_life_of_a_conversation_is_told_in_order_to_both_sides() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let said = talk.say(&desk, 1, "It fails again.").await;
    assert_eq!((said.status.as_u16(), said.json()), (201, json!({ "id": uuid(1), "seq": 2 })));
    let sorted = json!({ "id": uuid(2), "type": "override", "field": "queue", "to": "billing", "reason": "A charge; the customer is rude" });
    assert_eq!(talk.decide(&desk, &sorted).await.status, 202);
    assert_eq!(talk.answer(&desk, 3, "I see it.").await.json()["seq"], 7);
    assert_eq!(talk.answer(&desk, 4, "It is mended.").await.json()["seq"], 8);
    let resolved = json!({ "id": uuid(5), "type": "status", "status": "resolved" });
    assert_eq!(talk.decide(&desk, &resolved).await.status, 202);
    talk.decide(&desk, &resolved).await;
    assert_eq!(talk.say(&desk, 6, "Not quite.").await.json()["seq"], 10);
    let told = [
        "1 status received",
        "2 message customer: It fails again.",
        "3 queue technical to billing",
        "4 status received",
        "5 agent Mia",
        "6 status open",
        "7 message agent: I see it.",
        "8 message agent: It is mended.",
        "9 status resolved",
        "10 message customer: Not quite.",
        "11 status open",
    ];
    assert_eq!(talk.told(&desk).await, told);

    let page = talk.after(&desk, 0).await;
    assert_eq!(page["next"], 11);
    let events = page["events"].as_array().unwrap();
    assert_eq!(events[0]["data"]["queue"], "technical");
    assert_eq!(
        (&events[0]["data"]["position"], &events[3]["data"]["position"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(events[6]["data"]["author"], json!({ "kind": "agent", "name": "Mia" }));
    assert_eq!(events[6]["data"]["id"], uuid(3));
    // Privacy: what is written for colleagues is not told to the customer.
    assert!(!page.to_string().contains("rude"));

    let whole = desk.get(&format!("{}/conversation", talk.path)).await.json();
    assert_eq!(whole["events"], page["events"]);
    assert_eq!((&whole["status"], &whole["queue"]), (&json!("open"), &json!("billing")));
    assert!(whole["waiting_since"].is_string(), "{whole}");
    let listed = &desk.get("/v1/handoffs").await.json()["handoffs"][0];
    assert_eq!((&listed["status"], &listed["unread"]), (&json!("open"), &json!(1)));

    // A restart keeps all of it, and numbers go on.
    let desk = desk.restarted(|_| {}).await;
    assert_eq!(talk.told(&desk).await, told);
    assert_eq!(talk.say(&desk, 7, "Hello?").await.json()["seq"], 12);
}

#[tokio::test]
async fn files_go_both_ways_and_are_for_the_two_sides_only() {
    let desk = TestDesk::new().await;
    let (talk, other) = (Talk::begin(&desk, 1).await, Talk::begin(&desk, 2).await);
    let name = "what I see.png";
    let entry = json!({ "name": name, "type": "image/png", "size": 3, "sha256": FILE_SHA256 });
    let note = json!({ "name": "a.txt", "type": "text/plain", "size": 3, "sha256": FILE_SHA256 });
    for (number, route, token) in [(1, "messages", &*talk.token), (2, "replies", "demo")] {
        let message =
            json!({ "id": uuid(number), "text": "", "at": AT, "attachments": [entry, note] });
        let reply = talk.post_parts(&desk, route, token, &message, &[(FILE_SHA256, FILE)]).await;
        assert_eq!(reply.status, 201, "{}", reply.text());
    }
    let events = talk.after(&desk, 1).await["events"].clone();
    let file = &events[0]["data"]["attachments"][0];
    assert_eq!((&file["name"], &file["size"]), (&json!(name), &json!(3)));
    let url = file["url"].as_str().unwrap();
    assert_eq!(url, format!("{}/files/{FILE_SHA256}/what%20I%20see.png", talk.path));
    for token in [talk.bearer(), "Bearer demo".to_owned()] {
        let reply = desk.get_as(url, &token).await;
        assert_eq!((reply.body.as_slice(), reply.header("content-type")), (FILE, "image/png"));
        assert!(reply.header("content-security-policy").contains("sandbox"));
    }
    desk.get_as(url, &other.bearer()).await.problem(401);
    desk.get_as(url, "").await.problem(401);
    // A hash alone opens nothing in another conversation, whatever is on the disk.
    let elsewhere = url.replace(&talk.id, &other.id);
    desk.get_as(&elsewhere, &other.bearer()).await.problem(404);
}

#[tokio::test]
async fn the_place_in_the_queue_counts_who_waits_before() {
    let desk = TestDesk::new().await;
    let position =
        async |talk: &Talk| talk.after(&desk, 0).await["events"][0]["data"]["position"].clone();
    let first = Talk::begin(&desk, 1).await;
    assert_eq!(position(&first).await, 1);
    assert_eq!(position(&Talk::begin(&desk, 2).await).await, 2);
    let mut elsewhere = packet(3);
    elsewhere["route"]["queue"] = json!("sales");
    assert_eq!(position(&Talk::begin_with(&desk, &elsewhere).await).await, 1);
    first.answer(&desk, 1, "I am here.").await;
    assert_eq!(position(&Talk::begin(&desk, 4).await).await, 2);
}

#[tokio::test]
async fn who_waits_is_told_when_their_place_changes() {
    let desk = TestDesk::new().await;
    let mut talks = Vec::new();
    for number in 1..=4 {
        talks.push(Talk::begin(&desk, number).await);
    }
    let [first, second, third, fourth] = &talks[..] else { panic!() };
    let places = async |talk: &Talk| {
        let page = talk.after(&desk, 0).await;
        let places = page["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["data"]["position"].as_u64());
        places.flatten().collect::<Vec<_>>()
    };
    second.answer(&desk, 1, "I am here.").await;
    // Answered again, closed: nobody moves.
    second.answer(&desk, 2, "Done.").await;
    second.decide(&desk, &json!({ "id": uuid(3), "type": "status", "status": "resolved" })).await;
    let moved = json!({ "id": uuid(4), "type": "override", "field": "queue", "to": "sales", "reason": "x" });
    first.decide(&desk, &moved).await;
    assert_eq!(places(first).await, [1, 1]);
    assert_eq!(places(second).await, [2]);
    assert_eq!(places(third).await, [3, 2, 1]);
    assert_eq!(places(fourth).await, [4, 3, 2]);
    // Back again: the others came later.
    let back = json!({ "id": uuid(5), "type": "override", "field": "queue", "to": "technical", "reason": "x" });
    first.decide(&desk, &back).await;
    assert_eq!(places(fourth).await, [4, 3, 2, 3]);
    assert_eq!(third.told(&desk).await.last().unwrap(), "4 status received");
}

#[tokio::test]
async fn the_expected_wait_is_the_routes_promise_or_what_the_last_ones_took() {
    let desk = TestDesk::new().await;
    let with_sla = |number: u32, minutes: Option<u32>| {
        let mut packet = packet(number);
        packet["route"]["sla_minutes"] = json!(minutes);
        packet
    };
    let eta = async |packet: serde_json::Value| {
        let talk = Talk::begin_with(&desk, &packet).await;
        let eta = talk.after(&desk, 0).await["events"][0]["data"]["eta_minutes"].clone();
        (talk, eta)
    };
    assert_eq!(eta(with_sla(1, Some(45))).await.1, 45);
    for number in 2..7 {
        let (talk, eta) = eta(with_sla(number, None)).await;
        assert_eq!(eta, json!(null), "{number}: too few to say");
        talk.answer(&desk, number, "I am here.").await;
    }
    assert_eq!(eta(with_sla(7, None)).await.1, 1);
}

#[tokio::test]
async fn ratings_and_moves_are_counted() {
    let desk = TestDesk::new().await;
    let none = desk.get("/v1/metrics").await.json();
    assert_eq!(
        (&none["handoffs"], &none["first_response_median_seconds"]),
        (&json!(0), &json!(null))
    );
    let (low, high) = (Talk::begin(&desk, 1).await, Talk::begin(&desk, 2).await);
    Talk::begin(&desk, 3).await;
    for (number, queue) in [(1, "billing"), (2, "sales")] {
        let moved = json!({ "id": uuid(number), "type": "override", "field": "queue", "to": queue, "reason": "x" });
        low.decide(&desk, &moved).await;
        low.decide(&desk, &moved).await;
    }
    low.answer(&desk, 3, "Hello.").await;
    low.decide(&desk, &json!({ "id": uuid(4), "type": "status", "status": "resolved" })).await;
    let rate = |number: u32, score: u8, repeated: bool| json!({ "id": uuid(number), "type": "csat", "score": score, "repeated": repeated, "comment": "Slow" });
    // The last word counts.
    for rating in [rate(5, 5, false), rate(6, 2, true)] {
        assert_eq!(low.signal(&desk, &rating).await.status, 202);
    }
    assert_eq!(high.signal(&desk, &rate(5, 4, false)).await.status, 202);
    let metrics = desk.get("/v1/metrics").await.json();
    for (name, expected) in [
        ("handoffs", 3),
        ("answered", 1),
        ("resolved", 1),
        ("bounced", 1),
        ("rated", 2),
        ("low_csat", 1),
        ("repeats", 1),
    ] {
        assert_eq!(metrics[name], expected, "{name}");
    }
    assert!(metrics["first_response_median_seconds"].as_i64().unwrap() < 60);
    assert!(metrics["first_response_p95_seconds"].is_i64());
    let rating = desk.get(&format!("{}/conversation", low.path)).await.json()["rating"].clone();
    assert_eq!((&rating["score"], &rating["comment"]), (&json!(2), &json!("Slow")));
    desk.get_as("/v1/metrics", &low.bearer()).await.problem(401);
}

#[tokio::test]
async fn what_the_customer_has_seen_only_grows_and_never_past_the_end() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    talk.answer(&desk, 1, "Hello.").await;
    let seen = async || {
        desk.get(&format!("{}/conversation", talk.path)).await.json()["customer_seen"].clone()
    };
    for (up_to, expected) in [(3, 3), (1, 3), (u64::MAX, 4), (4, 4)] {
        let signal = json!({ "id": uuid(2), "type": "seen", "up_to": up_to });
        assert_eq!(talk.signal(&desk, &signal).await.status, 202);
        assert_eq!(seen().await, expected);
    }
}
