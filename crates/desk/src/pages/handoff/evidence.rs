//! What the page's sensors saw, one section a sensor.

use baton_packet::{ErrorRecord, Gap, Records, Screenshot};
use maud::{Markup, html};

use crate::label::label;
use crate::pages::words::{counted, in_words, link, prose, visible};

use super::View;

pub fn screenshots(view: &View) -> Markup {
    let screenshots = &view.packet.evidence.screenshots;
    html! {
        section #screenshots {
            h2 { "Screenshots" }
            @if screenshots.is_empty() { p.none { "No screenshot." } }
            div.shots { @for screenshot in screenshots { (shot(view, screenshot)) } }
        }
    }
}

fn shot(view: &View, screenshot: &Screenshot) -> Markup {
    let name = &screenshot.attachment;
    let is_here =
        view.attachments.iter().any(|attachment| attachment.name == *name && attachment.stored);
    let source = super::context::file_path(&view.packet, name);
    html! {
        figure {
            @if is_here {
                a href=(source) target="_blank" rel="noopener" {
                    img src=(source) alt=(visible(&screenshot.label)) loading="lazy";
                }
            } @else {
                p.absent { "The file has not arrived." }
            }
            figcaption {
                span dir="auto" { (prose(&screenshot.label)) }
                p.meta {
                    (view.clock.wall(&screenshot.at)) " · "
                    (screenshot.width) " × " (screenshot.height) " · "
                    (in_words(screenshot.method.in_words()))
                    @if !screenshot.page_url.is_empty() { " · " (link(&screenshot.page_url)) }
                }
                @for fact in [screenshot.drawn(), screenshot.removed_in_words()] {
                    @if !fact.is_empty() { p.meta dir="auto" { (prose(&fact)) } }
                }
                (gap_list(&screenshot.gaps))
            }
        }
    }
}

pub fn errors(view: &View) -> Markup {
    let errors = &view.packet.evidence.errors;
    html! {
        section #errors {
            h2 { "Errors" }
            (extent(errors, "No error was captured."))
            @for error in &errors.records { (one_error(view, error)) }
        }
    }
}

fn one_error(view: &View, error: &ErrorRecord) -> Markup {
    html! {
        article.error {
            p.meta { (view.clock.record(&error.at, error.ms)) " · " (in_words(&label(error.kind))) }
            h3.mono {
                @if let Some(name) = &error.name { (visible(name)) ": " }
                (visible(&error.message))
            }
            @if let Some(source) = &error.source {
                p.mono.url {
                    (visible(source))
                    @if let Some(line) = error.line { ":" (line) }
                    @if let Some(column) = error.column { ":" (column) }
                }
            }
            @if let Some(stack) = &error.stack { pre.stack tabindex="0" { (prose(stack)) } }
        }
    }
}

/// Everything on one clock, and in other tools' formats: the page that QA mode
/// puts into its archive.
pub fn viewer(view: &View) -> Markup {
    let address = format!("/desk/handoffs/{}/viewer", view.packet.id);
    html! {
        section #evidence {
            div.row {
                h2 { "Evidence" }
                p.meta {
                    a href=(address) target="_blank" rel="noopener" { "Open in a tab" }
                    " · "
                    a href={ (address) "?download" } { "Download" }
                }
            }
            // Security: the sandbox is the policy's of that page, said twice.
            iframe.viewer src=(address) title="Evidence" loading="lazy" allow="clipboard-write"
                sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox" {}
        }
    }
}

fn gap_list(gaps: &[Gap]) -> Markup {
    html! {
        @if !gaps.is_empty() {
            ul.gaps {
                @for gap in gaps {
                    li { bdi { (in_words(&visible(&gap.stage))) } ": " span dir="auto" { (prose(&gap.reason)) } }
                }
            }
        }
    }
}

/// What the ring dropped, or that there is nothing.
fn extent<T>(records: &Records<T>, nothing: &str) -> Markup {
    let dropped = usize::try_from(records.dropped).unwrap_or(usize::MAX);
    html! {
        @if records.records.is_empty() { p.none { (nothing) } }
        @if dropped > 0 {
            p.none {
                (counted(dropped, "older record was", "older records were"))
                " dropped; the last " (records.cap) " are kept."
            }
        }
    }
}
