//! Markdown of answers as elements of the page.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

use baton::widget::markdown;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

#[derive(PartialEq, Properties)]
struct Props {
    text: AttrValue,
}

#[component]
fn Prose(props: &Props) -> Html {
    markdown::view(&props.text)
}

/// The elements of a text, in the page.
async fn drawn(text: &str) -> Element {
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    let props = Props { text: text.to_owned().into() };
    yew::Renderer::<Prose>::with_root_and_props(root.clone(), props).render();
    gloo_timers::future::TimeoutFuture::new(20).await;
    root
}

#[wasm_bindgen_test]
async fn blocks_and_runs_become_elements() {
    let text = "Do **this *now***:\n\n3. `one`\n   - two\n\n```\nlet a;\n```\n# Then";
    let html = drawn(text).await.first_element_child().unwrap().inner_html();
    assert_eq!(
        html,
        "<p dir=\"auto\">Do <strong>this </strong><strong><em>now</em></strong>:</p>\
         <ol start=\"3\"><li dir=\"auto\"><code>one</code><ul><li dir=\"auto\">two</li></ul></li></ol>\
         <pre dir=\"ltr\" tabindex=\"0\"><code>let a;</code></pre>\
         <p dir=\"auto\"><strong>Then</strong></p>"
    );
}

#[wasm_bindgen_test]
async fn links_open_beside_the_page_and_tell_nothing_of_it() {
    let root = drawn("See [the guide](https://a.example/x) or <https://b.example>.").await;
    let links = root.query_selector_all("a").unwrap();
    assert_eq!(links.length(), 2);
    for (index, url) in ["https://a.example/x", "https://b.example"].into_iter().enumerate() {
        let link: Element = wasm_bindgen::JsCast::unchecked_into(links.item(index as u32).unwrap());
        let read = |name| link.get_attribute(name).unwrap();
        assert_eq!(read("href"), url);
        assert_eq!(read("target"), "_blank");
        assert_eq!(read("rel"), "noopener noreferrer nofollow");
    }
}

#[wasm_bindgen_test]
async fn nothing_hostile_becomes_an_element() {
    let text = "<img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b](data:text/html,x) <script>c</script>";
    let root = drawn(text).await;
    assert_eq!(root.query_selector_all("*").unwrap().length(), 2, "a paragraph, in its box");
    assert_eq!(root.text_content().unwrap(), text);
}
