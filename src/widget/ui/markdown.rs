use yew::prelude::*;

pub fn view(text: &str) -> Html {
    html! { <p dir="auto">{ text }</p> }
}

pub fn link(url: &str, words: &str) -> Html {
    html! { <a href={url.to_owned()} target="_blank" rel="noopener noreferrer nofollow">{ words }</a> }
}
