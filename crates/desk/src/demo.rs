//! The API of the demo application “Ledgerline”, with its real bugs.
//!
//! Two requests go wrong until the page sends `x-demo-fixed: 1`: the export
//! fails, and the revenue report comes without what the chart needs.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Json, rejection::JsonRejection};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Desk, problem::Problem};

/// The routes.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/api/projects", get(|| async { json_text(PROJECTS) }))
        .route("/api/invoices", get(|| async { Json(invoices()) }))
        .route("/api/invoices/export", post(export))
        .route("/api/reports/revenue", get(revenue))
        .route("/api/settings", get(settings).put(save_settings))
        .layer(Extension(SharedSettings::default()))
}

const PROJECTS: &str = include_str!("../assets/demo-projects.json");

/// Number, customer, project, date of issue, amount in cents, status.
type InvoiceRow = (&'static str, &'static str, &'static str, &'static str, u32, &'static str);

const INVOICES: [InvoiceRow; 14] = [
    ("INV-2041", "Northwind Traders", "Website relaunch", "2026-11-20", 1_248_000, "open"),
    ("INV-2040", "Halden & Sons", "Warehouse app", "2026-11-18", 486_500, "open"),
    ("INV-2039", "Acme Robotics", "Telemetry dashboard", "2026-11-14", 2_130_000, "paid"),
    ("INV-2038", "Blue Harbor Clinic", "Booking portal", "2026-11-11", 372_000, "overdue"),
    ("INV-2037", "Northwind Traders", "Website relaunch", "2026-11-04", 910_000, "paid"),
    ("INV-2036", "Café Lumière", "Loyalty programme", "2026-10-30", 148_750, "paid"),
    ("INV-2035", "Acme Robotics", "Telemetry dashboard", "2026-10-27", 1_765_000, "paid"),
    ("INV-2034", "Østergaard Design", "Brand library", "2026-10-21", 264_000, "overdue"),
    ("INV-2033", "Halden & Sons", "Warehouse app", "2026-10-16", 486_500, "paid"),
    ("INV-2032", "Blue Harbor Clinic", "Booking portal", "2026-10-12", 372_000, "paid"),
    ("INV-2031", "Northwind Traders", "Website relaunch", "2026-10-05", 1_020_000, "paid"),
    ("INV-2030", "Café Lumière", "Loyalty programme", "2026-09-29", 148_750, "paid"),
    ("INV-2029", "Acme Robotics", "Telemetry dashboard", "2026-09-24", 1_540_000, "paid"),
    ("INV-2028", "Østergaard Design", "Brand library", "2026-09-18", 198_000, "draft"),
];

#[derive(Serialize)]
struct Invoice {
    number: &'static str,
    customer: &'static str,
    project: &'static str,
    issued: &'static str,
    amount_cents: u32,
    currency: &'static str,
    status: &'static str,
}

fn invoices() -> Vec<Invoice> {
    let invoice = |(number, customer, project, issued, amount_cents, status)| Invoice {
        number,
        customer,
        project,
        issued,
        amount_cents,
        currency: "EUR",
        status,
    };
    INVOICES.into_iter().map(invoice).collect()
}

async fn export(headers: HeaderMap) -> Response {
    if !is_fixed(&headers) {
        let error = json!({ "error": "export_failed", "detail": "column totals: unexpected null" });
        return (StatusCode::INTERNAL_SERVER_ERROR, Json(error)).into_response();
    }
    let mut csv = String::from("number,customer,project,issued,amount,currency,status\r\n");
    for invoice in invoices() {
        let cents = invoice.amount_cents;
        csv.push_str(&format!(
            "{},{},{},{},{}.{:02},{},{}\r\n",
            invoice.number,
            invoice.customer,
            invoice.project,
            invoice.issued,
            cents / 100,
            cents % 100,
            invoice.currency,
            invoice.status
        ));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"invoices.csv\""),
    ];
    (headers, csv).into_response()
}

async fn revenue(headers: HeaderMap) -> Json<Value> {
    let months = is_fixed(&headers).then(|| {
        json!([
            { "month": "2026-06", "cents": 1_845_000 },
            { "month": "2026-07", "cents": 2_210_500 },
            { "month": "2026-08", "cents": 1_990_000 },
            { "month": "2026-09", "cents": 2_387_250 },
            { "month": "2026-10", "cents": 4_056_250 },
            { "month": "2026-11", "cents": 5_146_500 }
        ])
    });
    Json(json!({ "currency": "EUR", "months": months }))
}

/// What a customer can change on the settings page.
#[derive(Clone, Serialize, Deserialize)]
struct Settings {
    company: String,
    billing_email: String,
    currency: String,
    payment_days: u16,
    weekly_digest: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            company: "Acme Studio".to_owned(),
            billing_email: "billing@acme.example".to_owned(),
            currency: "EUR".to_owned(),
            payment_days: 14,
            weekly_digest: true,
        }
    }
}

type SharedSettings = Arc<Mutex<Settings>>;

async fn settings(Extension(settings): Extension<SharedSettings>) -> Json<Settings> {
    Json(settings.lock().unwrap_or_else(PoisonError::into_inner).clone())
}

async fn save_settings(
    Extension(settings): Extension<SharedSettings>,
    changed: Result<Json<Settings>, JsonRejection>,
) -> Result<Json<Settings>, Problem> {
    let Json(changed) = changed.map_err(|error| Problem::bad_request(error.body_text()))?;
    if !changed.billing_email.contains('@') {
        return Err(Problem::field("billing_email", "is not an e-mail address"));
    }
    *settings.lock().unwrap_or_else(PoisonError::into_inner) = changed.clone();
    Ok(Json(changed))
}

fn is_fixed(headers: &HeaderMap) -> bool {
    headers.get("x-demo-fixed").is_some_and(|value| value == "1")
}

fn json_text(text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}
