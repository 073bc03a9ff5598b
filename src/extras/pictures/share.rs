//! One frame of what the customer shares: their tab, a window or a screen. Only by
//! their click, which the browser asks them to confirm.

use baton_packet::ScreenshotMethod;
use gloo_timers::future::TimeoutFuture;
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlVideoElement, ImageBitmap};

use super::actions::{SHARE_FAILED, SHARE_REFUSED};
use super::{Shot, encode};
use crate::js::{self, get};
use crate::limit::within;

/// How long somebody may think about what to share.
const CHOICE_LIMIT_MS: u32 = 180_000;
const FRAME_LIMIT_MS: u32 = 10_000;
/// The browser's question fades out of the picture.
const SETTLE_MS: u32 = 300;

/// The picture of one frame. Nothing is shared any more when this returns.
pub async fn take(most_bytes: f64) -> Result<Shot, &'static str> {
    let devices = get(&get(&js_sys::global(), "navigator"), "mediaDevices");
    let ask: Function = get(&devices, "getDisplayMedia").dyn_into().map_err(|_| SHARE_FAILED)?;
    let wish = js_sys::Object::new();
    js::set(&wish, "video", &true.into());
    // Most often it is this page that is to be shown.
    js::set(&wish, "preferCurrentTab", &true.into());
    js::set(&wish, "selfBrowserSurface", &"include".into());
    let asked: js_sys::Promise =
        ask.call1(&devices, &wish).map_err(|_| SHARE_FAILED)?.unchecked_into();
    let stream = within(asked, CHOICE_LIMIT_MS).await.ok_or(SHARE_REFUSED)?.map_err(|thrown| {
        let is_refusal = js::get_string(&thrown, "name").as_deref() == Some("NotAllowedError");
        if is_refusal { SHARE_REFUSED } else { SHARE_FAILED }
    })?;
    let frame = frame(&stream).await;
    stop(&stream);
    let frame = frame.ok_or(SHARE_FAILED)?;
    let label = "The customer's screen";
    let method = ScreenshotMethod::DisplayMedia;
    encode::encode(frame, encode::PNG, most_bytes, method, label).await
}

async fn frame(stream: &JsValue) -> Option<ImageBitmap> {
    let window = web_sys::window()?;
    let video = window.document()?.create_element("video").ok()?;
    let video: HtmlVideoElement = video.unchecked_into();
    video.set_muted(true);
    js::set(&video, "srcObject", stream);
    within(video.play().ok()?, FRAME_LIMIT_MS).await?.ok()?;
    TimeoutFuture::new(SETTLE_MS).await;
    let bitmap = window.create_image_bitmap_with_html_video_element(&video).ok()?;
    Some(within(bitmap, FRAME_LIMIT_MS).await?.ok()?.unchecked_into())
}

fn stop(stream: &JsValue) {
    let call = |object: &JsValue, method: &str| {
        get(object, method).dyn_into::<Function>().ok()?.call0(object).ok()
    };
    let tracks = call(stream, "getTracks").unwrap_or_default();
    for track in tracks.dyn_into::<js_sys::Array>().unwrap_or_default().iter() {
        call(&track, "stop");
    }
}
