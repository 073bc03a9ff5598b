//! What people decided otherwise than Baton.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};

use crate::support::{Reply, TestDesk, packet};

async fn signed_in(desk: &TestDesk) -> String {
    let form = Request::post("/desk/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("token=demo"))
        .unwrap();
    let cookie = desk.send(form).await.header("set-cookie").to_owned();
    cookie.split(';').next().unwrap().to_owned()
}

async fn change(desk: &TestDesk, id: &str, cookie: &str, form: &str) -> Reply {
    let request = Request::post(format!("/desk/handoffs/{id}/overrides"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .body(Body::from(form.to_owned()))
        .unwrap();
    desk.send(request).await
}

async fn exported(desk: &TestDesk) -> Vec<Value> {
    let reply = desk.get("/v1/overrides").await;
    assert_eq!(reply.header("content-type"), "application/jsonl");
    reply.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn an_agents_override_is_recorded_shown_listed_and_exported() {
    let desk = TestDesk::new().await;
    let packet = packet(1);
    desk.post(&packet).await;
    let id = packet["id"].as_str().unwrap();
    let cookie = signed_in(&desk).await;
    let form = "queue=billing&intent=refund&reason=%3Cb%3EIt+is+about+a+charge";
    let reply = change(&desk, id, &cookie, form).await;
    assert_eq!(reply.status, 303);
    assert_eq!(reply.header("location"), format!("/desk/handoffs/{id}#sorting"));

    let lines = exported(&desk).await;
    let told: Vec<_> =
        lines.iter().map(|line| (&line["field"], &line["from"], &line["to"])).collect();
    assert_eq!(
        told,
        [
            (&json!("queue"), &packet["route"]["queue"], &json!("billing")),
            (&json!("intent"), &packet["triage"]["intent"], &json!("refund")),
        ]
    );
    assert_eq!((&lines[0]["by"], &lines[0]["handoff"]), (&json!("agent"), &packet["id"]));
    assert_eq!(lines[0]["reason"], "<b>It is about a charge");
    assert_eq!(lines[0]["triage"]["scores"], packet["triage"]["scores"]);
    let said = packet["conversation"]["transcript"].as_array().unwrap();
    let said = said.iter().filter(|message| message["author"] == "customer");
    assert_eq!(
        lines[0]["messages"],
        said.map(|message| message["text"].clone()).collect::<Value>()
    );

    let listed = desk.get("/v1/handoffs").await.json();
    assert_eq!(listed["handoffs"][0]["queue"], "billing");
    let page = Request::get(format!("/desk/handoffs/{id}")).header(header::COOKIE, &cookie);
    let page = desk.send(page.body(Body::empty()).unwrap()).await.text();
    assert!(page.contains("&lt;b&gt;It is about a charge") && !page.contains("<b>It is"));
    assert!(page.contains("<option value=\"billing\" selected>"));
    assert!(page.contains("<span class=\"tag queue\"><bdi>Billing</bdi></span>"), "{page}");
    assert_eq!(desk.get(&format!("/v1/handoffs/{id}")).await.json(), packet, "what arrived stays");

    // The same again changes nothing; back again is a change.
    change(&desk, id, &cookie, form).await;
    assert_eq!(exported(&desk).await.len(), 2);
    change(&desk, id, &cookie, "queue=billing&intent=bug&reason=no").await;
    assert_eq!(exported(&desk).await[2]["from"], "refund");
}

#[tokio::test]
async fn a_customers_correction_arrives_with_the_packet() {
    let desk = TestDesk::new().await;
    let mut corrected = packet(1);
    let one = json!({ "field": "intent", "from": "other", "to": "bug", "by": "customer", "at": "2026-11-30T10:00:00.000Z" });
    corrected["overrides"] = json!([one]);
    assert_eq!(desk.post(&corrected).await.status, 201);
    desk.post(&packet(2)).await;
    let lines = exported(&desk).await;
    assert_eq!(lines.len(), 1);
    for (key, value) in one.as_object().unwrap() {
        assert_eq!(&lines[0][key], value);
    }
    let mut wrong = packet(3);
    wrong["overrides"] = json!([{ "field": "mood", "from": "a", "to": "b", "by": "customer", "at": "2026-11-30T10:00:00.000Z" }]);
    assert!(desk.post(&wrong).await.status.is_client_error());
}

#[tokio::test]
async fn what_is_no_override_is_refused() {
    let desk = TestDesk::new().await;
    desk.post(&packet(1)).await;
    let id = packet(1)["id"].as_str().unwrap().to_owned();
    let cookie = signed_in(&desk).await;
    for form in [
        "queue=billing&intent=refund&reason=+",
        "queue=billing&intent=mood&reason=x",
        "queue=%3Cscript%3E&intent=bug&reason=x",
        "queue=billing",
        "",
    ] {
        assert_eq!(change(&desk, &id, &cookie, form).await.status, 400, "{form}");
    }
    let good = "queue=billing&intent=refund&reason=x";
    assert_eq!(change(&desk, "none", &cookie, good).await.status, 404);
    let unsigned = change(&desk, &id, "", good).await;
    assert!(unsigned.header("location").starts_with("/desk/sign-in"));
    assert_eq!(exported(&desk).await.len(), 0);
    desk.get_as("/v1/overrides", "").await.problem(401);
}
