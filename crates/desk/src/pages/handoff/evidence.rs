//! What the page's sensors saw, one section a sensor.

use baton_packet::{ErrorRecord, Gap, NetworkRecord, Records, Screenshot, StepRecord};
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
                    (in_words(&label(screenshot.method))) " · "
                    (link(&screenshot.page_url))
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

pub fn network(view: &View) -> Markup {
    let network = &view.packet.evidence.network;
    html! {
        section #network {
            h2 { "Network" }
            (extent(network, "No request was captured."))
            @if !network.records.is_empty() {
                table.network {
                    thead { tr {
                        th scope="col" { "When" } th scope="col" { "Method" }
                        th scope="col" { "Status" } th scope="col" { "URL" }
                        th scope="col" { "Took" }
                    } }
                    tbody { @for record in &network.records { (request(view, record)) } }
                }
            }
        }
    }
}

fn request(view: &View, record: &NetworkRecord) -> Markup {
    let is_bad = record.failure.is_some() || record.status.is_some_and(|status| status >= 400);
    html! {
        tr.bad[is_bad] {
            td { (view.clock.record(&record.at, record.ms)) }
            td.mono { (visible(&record.method)) }
            td.mono.status {
                @match (record.status, record.failure) {
                    (Some(status), _) => (status),
                    (None, Some(failure)) => (label(failure)),
                    (None, None) => "pending",
                }
            }
            td.mono.url {
                (visible(&record.url))
                @if let Some(text) = &record.failure_text { p.meta { (visible(text)) } }
            }
            td.number { @if let Some(ms) = record.duration_ms { (format!("{ms:.0} ms")) } }
        }
    }
}

pub fn console(view: &View) -> Markup {
    let console = &view.packet.evidence.console;
    html! {
        section #console {
            h2 { "Console" }
            (extent(console, "No console line was captured."))
            ol.log tabindex=[(!console.records.is_empty()).then_some("0")] {
                @for record in &console.records {
                    @let level = label(record.level);
                    li data-level=(level) {
                        (view.clock.record(&record.at, record.ms))
                        span.level { (level) }
                        span.text dir="auto" { (prose(&record.message)) }
                    }
                }
            }
        }
    }
}

pub fn steps(view: &View) -> Markup {
    let steps = &view.packet.evidence.steps;
    html! {
        section #steps {
            h2 { "Steps" }
            (extent(steps, "No step was captured."))
            ol.steps { @for step in &steps.records { (one_step(view, step)) } }
        }
    }
}

fn one_step(view: &View, step: &StepRecord) -> Markup {
    html! {
        li {
            (view.clock.record(&step.at, step.ms))
            div {
                span.action { (in_words(&label(step.action))) }
                " " span dir="auto" { (prose(&step.target)) }
                @if let Some(value) = &step.value { " → " bdi.mono { (visible(value)) } }
                p.meta {
                    @if let Some(url) = &step.url { span.url { (visible(url)) } " " }
                    @if let Some(selector) = step.selectors.first() {
                        code { (visible(selector)) }
                    }
                }
            }
        }
    }
}

pub fn gaps(view: &View) -> Markup {
    let gaps = &view.packet.evidence.gaps;
    html! {
        @if !gaps.is_empty() {
            section #gaps {
                h2 { "What could not be captured" }
                (gap_list(gaps))
            }
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
