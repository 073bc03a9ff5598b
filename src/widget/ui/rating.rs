//! How it was (CSAT), asked once after the team has solved it.

use baton_conversation::talk::Rating;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::labels::Labels;

/// The words of the form, taken when it is drawn.
#[derive(Clone, PartialEq)]
pub struct Words {
    question: String,
    scores: Vec<String>,
    repeated: String,
    yes: String,
    no: String,
    comment: String,
    send: String,
    thanks: String,
}

impl Words {
    pub fn of(labels: &Labels) -> Self {
        let score = |score: u8| labels.get(&["csat_", &score.to_string()].concat());
        Self {
            question: labels.get("csat_question"),
            scores: (1..=5).map(score).collect(),
            repeated: labels.get("csat_repeated"),
            yes: labels.get("csat_yes"),
            no: labels.get("csat_no"),
            comment: labels.get("csat_comment"),
            send: labels.get("csat_send"),
            thanks: labels.get("csat_thanks"),
        }
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    pub given: Option<Rating>,
    pub words: Words,
    pub onrate: Callback<Rating>,
}

pub enum Message {
    Scored(u8),
    Repeated(bool),
    Commented(String),
    Sent,
}

/// The form.
pub struct Form {
    score: Option<u8>,
    repeated: Option<bool>,
    comment: String,
}

impl Component for Form {
    type Message = Message;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self { score: None, repeated: None, comment: String::new() }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Scored(score) => self.score = Some(score),
            Message::Repeated(repeated) => self.repeated = Some(repeated),
            Message::Commented(comment) => {
                self.comment = comment;
                return false;
            }
            Message::Sent => {
                if let Some(score) = self.score {
                    let comment = self.comment.trim();
                    ctx.props().onrate.emit(Rating {
                        score,
                        repeated: self.repeated,
                        comment: (!comment.is_empty()).then(|| comment.to_owned()),
                    });
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { given, words, .. } = ctx.props();
        if given.is_some() {
            return html! { <p class="card" role="status">{ &words.thanks }</p> };
        }
        let link = ctx.link();
        let typed = link.callback(|event: InputEvent| {
            let area = event.target_dyn_into::<HtmlTextAreaElement>();
            Message::Commented(area.map(|area| area.value()).unwrap_or_default())
        });
        let scores = words.scores.iter().zip(1..).map(|(name, score): (_, u8)| {
            let chosen = link.callback(move |_| Message::Scored(score));
            radio("csat", name, self.score == Some(score), chosen)
        });
        let answers = [(true, &words.yes), (false, &words.no)].into_iter().map(|(said, name)| {
            let chosen = link.callback(move |_| Message::Repeated(said));
            radio("repeated", name, self.repeated == Some(said), chosen)
        });
        html! {
            <div class="card rating">
                <fieldset class="severity"><legend>{ &words.question }</legend><div>{ for scores }</div></fieldset>
                if self.score.is_some() {
                    <fieldset class="severity two"><legend>{ &words.repeated }</legend><div>{ for answers }</div></fieldset>
                    <label class="field"><span>{ &words.comment }</span><textarea rows="2" dir="auto" maxlength="2000" oninput={typed} /></label>
                    <button class="primary" onclick={link.callback(|_| Message::Sent)}>{ &words.send }</button>
                }
            </div>
        }
    }
}

fn radio(group: &'static str, name: &str, checked: bool, chosen: Callback<Event>) -> Html {
    html! {
        <label>
            <input type="radio" name={group} {checked} onchange={chosen} />
            <span>{ name }</span>
        </label>
    }
}
