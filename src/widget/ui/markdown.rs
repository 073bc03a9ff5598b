//! Markdown of answers as elements; what it may hold is decided in
//! `baton_conversation::markdown`.

use baton_conversation::markdown::{Block, Inline, List, Run, parse, safe_url};
use yew::prelude::*;
use yew::virtual_dom::VTag;

/// The blocks of a text. Each has the direction of its own words.
pub fn view(text: &str) -> Html {
    let blocks = parse(text).into_iter().map(|block| match block {
        Block::Paragraph(content) => html! { <p dir="auto">{ line(content) }</p> },
        // In the panel's outline an answer has no headings.
        Block::Heading(content) => html! { <p dir="auto"><strong>{ line(content) }</strong></p> },
        Block::Code(code) => html! { <pre dir="ltr" tabindex="0"><code>{ code }</code></pre> },
        Block::List(list) => list_view(list),
    });
    html! { <div class="prose">{ for blocks }</div> }
}

/// A link that opens beside the page, if the address is safe; else its words.
pub fn link(url: &str, words: &str) -> Html {
    anchor(url, words.into())
}

fn anchor(url: &str, words: Html) -> Html {
    match safe_url(url) {
        Some(url) => html! {
            <a href={url.to_owned()} target="_blank" rel="noopener noreferrer nofollow">{ words }</a>
        },
        None => words,
    }
}

fn list_view(list: List) -> Html {
    let items = list.items.into_iter().map(|item| {
        html! { <li dir="auto">{ line(item.content) }{ for item.lists.into_iter().map(list_view) }</li> }
    });
    match list.start {
        Some(start) => html! { <ol start={start.to_string()}>{ for items }</ol> },
        None => html! { <ul>{ for items }</ul> },
    }
}

fn line(content: Vec<Inline>) -> Html {
    let parts = content.into_iter().map(|inline| match inline {
        Inline::Run(one) => run(one),
        Inline::Link { url, runs } => anchor(&url, runs.into_iter().map(run).collect()),
        Inline::Break => html! { <br /> },
    });
    parts.collect()
}

fn run(run: Run) -> Html {
    let mut shown: Html = run.text.into();
    for (is_on, tag) in
        [(run.style.code, "code"), (run.style.emphasis, "em"), (run.style.strong, "strong")]
    {
        if is_on {
            let mut element = VTag::new(tag);
            element.add_child(shown);
            shown = element.into();
        }
    }
    shown
}
