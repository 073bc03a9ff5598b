//! What surrounds the case: who, where, how it was judged, what was approved.

use baton_packet::{Assurance, DeviceKind, Extra, Packet};
use maud::{Markup, html};

use crate::label::label;
use crate::pages::words::{in_words, json, link, prose, shortened, visible};

use super::View;

/// Path of a file on this page's side of the desk. The name comes from a
/// packet: anything that could mean something in a URL is escaped.
pub fn file_path(packet: &Packet, name: &str) -> String {
    let mut path = format!("/desk/handoffs/{}/attachments/", packet.id);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    path
}

pub fn customer(view: &View) -> Markup {
    let customer = &view.packet.customer;
    let facts = [
        ("E-mail", &customer.email),
        ("Id", &customer.id),
        ("Plan", &customer.plan),
        ("Segment", &customer.segment),
        ("Role", &customer.role),
        ("Language", &customer.locale),
    ];
    // Nothing here checks a signature, so none is called verified.
    let is_known = [&customer.name, &customer.email, &customer.id].iter().any(|it| it.is_some());
    let assurance = match customer.assurance {
        Assurance::None if !is_known => "The page did not say who this is.",
        Assurance::None => "Claimed by the page, not verified.",
        Assurance::Hmac => "Comes with an HMAC; this desk does not check it.",
        Assurance::Jwt => "Comes with a signed token; this desk does not check it.",
    };
    html! {
        section #customer {
            h2 { "Customer" }
            p.name {
                @match &customer.name {
                    Some(name) => bdi { (visible(name)) },
                    None => "Unknown visitor",
                }
            }
            dl.facts {
                @for (name, value) in facts {
                    @if let Some(value) = value { dt { (name) } dd { bdi { (visible(value)) } } }
                }
                @if let Some(value) = customer.account_value {
                    dt { "Yearly value" } dd { (value) }
                }
                @if let Some(entitlement) = &customer.entitlement {
                    dt { "Support tier" }
                    dd {
                        bdi { (visible(&entitlement.tier)) }
                        @if let Some(minutes) = entitlement.first_response_minutes {
                            ", first answer within " (minutes) " min"
                        }
                    }
                }
                (pairs(&customer.traits))
            }
            p.assurance.meta[!is_known] { (assurance) }
        }
    }
}

pub fn route(view: &View) -> Markup {
    let (route, escalation) = (&view.packet.route, &view.packet.escalation);
    html! {
        section #route {
            h2 { "Why here" }
            p dir="auto" { (prose(&route.reason)) }
            @if let Some(skill) = &route.skill { p.meta { "Skill: " bdi { (visible(skill)) } } }
            @if let Some(tone) = &escalation.tone { p.meta { "Tone: " bdi { (visible(tone)) } } }
            @if !route.alternatives.is_empty() {
                dl.facts {
                    @for alternative in &route.alternatives {
                        dt { "Or " bdi { (in_words(&visible(&alternative.queue))) } }
                        dd dir="auto" { (prose(&alternative.reason)) }
                    }
                }
            }
            // The deciding rule is in the heading.
            @if escalation.rules_fired.len() > 1 {
                h3 { "Other rules that fired" }
                ul {
                    @for fired in escalation.rules_fired.iter().filter(|fired| fired.rule != escalation.rule) {
                        li {
                            span dir="auto" { (prose(&fired.reason)) } " " code.rule { (visible(&fired.rule)) }
                            @if !fired.because.is_empty() { " " span.meta { (visible(&fired.because)) } }
                        }
                    }
                }
            }
        }
    }
}

pub fn triage(view: &View) -> Markup {
    let triage = &view.packet.triage;
    let confidence = &triage.confidence;
    let wants_human = if triage.wants_human { "Yes" } else { "No" };
    let answers = [
        ("Intent", in_words(triage.intent.as_str()), confidence.intent),
        ("Urgency", in_words(triage.urgency.as_str()), confidence.urgency),
        ("State", in_words(triage.customer_state.as_str()), confidence.customer_state),
        ("Asks for a human", wants_human.to_owned(), confidence.wants_human),
        ("Language", triage.language.clone(), confidence.language),
    ];
    html! {
        section #triage {
            h2 { "Triage" }
            dl.answers {
                @for (name, answer, probability) in &answers {
                    dt { (name) }
                    dd {
                        span { (visible(answer)) }
                        meter min="0" max="1" value=(probability) {}
                        span.number { (format!("{:.0} %", probability * 100.0)) }
                    }
                }
            }
            @if !triage.topics.is_empty() {
                p.tags {
                    @for topic in &triage.topics { span.tag.state { (in_words(topic.as_str())) } }
                }
            }
            @if !triage.reasons.is_empty() {
                h3 { "What weighed most" }
                ul.reasons {
                    @for reason in &triage.reasons {
                        li {
                            bdi { "“" (shortened(&reason.feature, 80)) "”" }
                            " " span.meta { (visible(&reason.about)) } " "
                            span.number { (format!("{:+.2}", reason.weight)) }
                        }
                    }
                }
            }
        }
    }
}

pub fn environment(view: &View) -> Markup {
    let (environment, app) = (&view.packet.environment, &view.packet.app);
    let (browser, viewport) = (&environment.browser, &environment.viewport);
    let versioned = |name: &str, version: &str| visible(&format!("{name} {version}")).into_owned();
    let yes_no = |is: bool| if is { "yes" } else { "no" };
    html! {
        section #environment {
            h2 { "Environment" }
            dl.facts {
                @if let Some(name) = &app.name {
                    dt { "Application" }
                    dd { bdi { (versioned(name, app.version.as_deref().unwrap_or_default())) } }
                }
                @if let Some(release) = &app.release { dt { "Release" } dd { bdi { (visible(release)) } } }
                dt { "Page" }
                dd { bdi { (visible(&environment.page_title)) } " " (link(&environment.page_url)) }
                @if let Some(referrer) = &environment.referrer { dt { "Came from" } dd { (link(referrer)) } }
                dt { "Browser" } dd { bdi { (versioned(&browser.name, &browser.version)) } }
                dt { "System" }
                dd { bdi { (versioned(&environment.os.name, environment.os.version.as_deref().unwrap_or_default())) } }
                @if environment.device.kind != DeviceKind::Unknown {
                    dt { "Device" }
                    dd {
                        (in_words(&label(environment.device.kind)))
                        @if let Some(model) = &environment.device.model { " " bdi { (visible(model)) } }
                        @if environment.device.touch { ", touch" }
                    }
                }
                dt { "Viewport" }
                dd {
                    (viewport.width) " × " (viewport.height) " at " (viewport.device_pixel_ratio) "×"
                    @if let Some(scale) = viewport.scale.filter(|scale| *scale != 1.0) { ", zoomed " (scale) "×" }
                }
                @if let Some(screen) = &environment.screen {
                    dt { "Screen" } dd { (screen.width) " × " (screen.height) }
                }
                @if !environment.languages.is_empty() {
                    dt { "Languages" } dd { (visible(&environment.languages.join(", "))) }
                }
                @if let Some(zone) = &environment.time_zone { dt { "Time zone" } dd { (visible(zone)) } }
                @if let Some(scheme) = environment.color_scheme { dt { "Colours" } dd { (label(scheme)) } }
                @if let Some(reduced) = environment.reduced_motion { dt { "Reduced motion" } dd { (yes_no(reduced)) } }
                @if let Some(connection) = &environment.connection {
                    dt { "Connection" }
                    dd {
                        (if connection.online { "online" } else { "offline" })
                        @if let Some(kind) = &connection.effective_type { ", " bdi { (visible(kind)) } }
                        @if let Some(rtt) = connection.rtt_ms { ", " (format!("{rtt:.0} ms")) }
                    }
                }
                @if let Some(cookies) = environment.cookies_enabled { dt { "Cookies" } dd { (yes_no(cookies)) } }
                @if let Some(storage) = environment.storage_available { dt { "Storage" } dd { (yes_no(storage)) } }
                (pairs(&app.custom_data))
                dt { "Baton" } dd { bdi { (versioned(&app.widget.name, &app.widget.version)) } }
            }
            details { summary { "User agent" } p.mono.url { (visible(&browser.user_agent)) } }
        }
    }
}

pub fn privacy(view: &View) -> Markup {
    let (consent, redactions) = (&view.packet.consent, &view.packet.redactions);
    let via = match consent.via {
        baton_packet::ConsentVia::Review => "Approved in the review",
        baton_packet::ConsentVia::Api => "Approved by the page’s own dialogue",
        baton_packet::ConsentVia::Fallback => "Approved in the plain form",
    };
    html! {
        section #privacy {
            h2 { "Consent and privacy" }
            p { (via) " " (view.clock.wall(&consent.at)) }
            blockquote dir="auto" { (prose(&consent.text)) }
            @if !consent.items.is_empty() {
                ul.consent {
                    @for item in &consent.items {
                        li data-included=(item.included) {
                            @if item.included { (named(&item.item)) }
                            @else { s { (named(&item.item)) } " struck out" }
                            " " span.count { (item.count) }
                        }
                    }
                }
            }
            @if !redactions.is_empty() {
                h3 { "Masked before sending" }
                ul {
                    @for redaction in redactions {
                        li { (redaction.count) " × " bdi { (visible(&redaction.kind)) }
                            " in " code { (visible(&redaction.section)) } }
                    }
                }
            }
        }
    }
}

fn named(item: &str) -> Markup {
    html! { bdi { (in_words(&visible(item))) } }
}

pub fn files(view: &View) -> Markup {
    html! {
        @if !view.attachments.is_empty() {
            section #files {
                h2 { "Files" }
                ul {
                    @for file in &view.attachments {
                        li {
                            @if file.stored {
                                a href=(file_path(&view.packet, &file.name)) { (visible(&file.name)) }
                            } @else {
                                (visible(&file.name)) " " span.absent { "not arrived" }
                            }
                            " " span.meta { (visible(&file.media_type)) ", " (size(file.size)) }
                        }
                    }
                }
            }
        }
    }
}

pub fn timeline(view: &View) -> Markup {
    html! {
        @if !view.packet.timeline.is_empty() {
            section #timeline {
                h2 { "Timeline" }
                ol.steps {
                    @for entry in &view.packet.timeline {
                        li {
                            (view.clock.wall(&entry.at))
                            div {
                                (named(&entry.event))
                                @if let Some(detail) = &entry.detail { p.meta dir="auto" { (prose(detail)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn pairs(values: &Extra) -> Markup {
    html! {
        @for (name, value) in values {
            dt { bdi { (visible(name)) } } dd { bdi { (json(value)) } }
        }
    }
}

/// Bytes as `312 B`, `48 KB`, `1.2 MB`.
fn size(bytes: i64) -> String {
    match bytes {
        ..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} KB", bytes / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
