//! The static folder.

use axum::body::Body;
use axum::http::Request;

use crate::support::{Reply, TestDesk};

async fn get(path: &str) -> Reply {
    let site = tempfile::TempDir::new().unwrap();
    let root = site.path().join("site");
    std::fs::create_dir_all(root.join("baton")).unwrap();
    std::fs::write(site.path().join("secret.txt"), "secret").unwrap();
    std::fs::write(root.join("index.html"), "<p>demo").unwrap();
    for name in
        ["baton/baton.js", "baton/widget_bg.wasm", "baton/style.css", "baton/integrity.json"]
    {
        std::fs::write(root.join(name), "x").unwrap();
    }
    let desk = TestDesk::with(|options| options.site = Some(root)).await;
    desk.send(Request::get(path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn files_have_the_types_that_browsers_insist_on() {
    for (path, media_type) in [
        ("/", "text/html"),
        ("/baton/baton.js", "text/javascript"),
        ("/baton/widget_bg.wasm", "application/wasm"),
        ("/baton/widget_bg.wasm?v=0.1.0", "application/wasm"),
        ("/baton/style.css", "text/css"),
        ("/baton/integrity.json", "application/json"),
    ] {
        let reply = get(path).await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("content-type")),
            (200, media_type),
            "{path}"
        );
        assert_eq!(reply.header("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn a_page_of_another_origin_may_load_the_widget() {
    let reply = get("/baton/widget_bg.wasm").await;
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin");
}

#[tokio::test]
async fn nothing_outside_and_no_listing_is_served() {
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/baton/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/baton/",
        "/nothing",
    ] {
        let reply = get(path).await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(
            !reply.text().contains("secret") || reply.header("content-type").contains("problem")
        );
    }
}

#[tokio::test]
async fn the_desks_own_routes_come_first() {
    assert_eq!(get("/desk/sign-in").await.status, 200);
    get("/v1/handoffs").await.problem(401);
}

#[tokio::test]
async fn without_a_folder_the_root_leads_to_the_desk() {
    let desk = TestDesk::new().await;
    let reply = desk.send(Request::get("/").body(Body::empty()).unwrap()).await;
    assert_eq!(reply.header("location"), "/desk");
    desk.send(Request::get("/nothing").body(Body::empty()).unwrap()).await.problem(404);
}
