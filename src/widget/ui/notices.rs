//! What the customer should know before they write.

use yew::prelude::*;

use super::labels::Labels;
use crate::widget::session::Session;

pub fn view(labels: &Labels, session: &Session) -> Html {
    let state = session.state();
    let told = match () {
        () if session.is_offline() => "offline",
        () if state.is_full() => "too_many",
        () => "",
    };
    html! {
        <p class="told wrong notice" role="status">{ if told.is_empty() { String::new() } else { labels.get(told) } }</p>
    }
}
