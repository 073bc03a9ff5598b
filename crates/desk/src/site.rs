//! The static folder at `/`, and what answers where nothing is.

use std::path::Path;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::response::Redirect;
use axum::routing::get;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::{Desk, problem::Problem};

/// Adds the folder, or without one a way from `/` to the desk's own pages.
pub fn serve(router: Router<Desk>, folder: Option<&Path>) -> Router<Desk> {
    let Some(folder) = folder else {
        return router
            .route("/", get(|| async { Redirect::temporary("/desk") }))
            .fallback(nothing_here);
    };
    let files = ServeDir::new(folder).fallback(get(nothing_here));
    // A new build must show at the next load: caches have to ask.
    let fresh = SetResponseHeaderLayer::if_not_present(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache"),
    );
    let no_sniffing = SetResponseHeaderLayer::overriding(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // What is in this folder is public, and a page of another origin embeds it:
    // modules and WASM are fetched with CORS, under COEP also with CORP.
    let any_origin = SetResponseHeaderLayer::overriding(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    let any_embedder = SetResponseHeaderLayer::overriding(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    let service = Router::new()
        .fallback_service(files)
        .layer(fresh)
        .layer(no_sniffing)
        .layer(any_origin)
        .layer(any_embedder);
    router.fallback_service(service)
}

async fn nothing_here(uri: Uri) -> Problem {
    Problem::not_found(format!("nothing at {}", uri.path()))
}
