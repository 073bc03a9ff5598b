//! The reply box, and what its forms do.

use axum::Form;
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use baton_packet::reply::{FILE_TYPES, MAX_TEXT_CHARS, State, Typing};
use baton_packet::{Attachment, PacketId, sha256_hex};
use maud::{Markup, html};
use serde::Deserialize;

use crate::access::new_id;
use crate::conversation::{Draft, DraftFile, agent_name, turns};
use crate::pages::layout;
use crate::pages::session::SignedIn;
use crate::parts;
use crate::{Desk, problem::Problem};

/// What stands in the reply box.
#[derive(Default)]
pub struct ReplyBox {
    /// The text, kept where it could not be sent.
    pub text: String,
    /// Why it could not be sent.
    pub mistake: Option<String>,
    /// The agent's name.
    pub name: String,
}

/// The reply box.
pub fn reply_box(handoff: &PacketId, reply: &ReplyBox) -> Result<Markup, Problem> {
    let base = format!("/desk/handoffs/{handoff}");
    // Sent twice, it is one message.
    let id = new_id()?;
    Ok(html! {
        form.reply #reply method="post" enctype="multipart/form-data" action={ (base) "/replies" }
            data-typing={ (base) "/typing" } {
            input type="hidden" name="id" value=(id);
            label.hidden for="reply-text" { "Reply to the customer" }
            textarea #reply-text name="text" rows="3" dir="auto" maxlength=(MAX_TEXT_CHARS)
                placeholder="Reply to the customer…"
                aria-invalid=[reply.mistake.as_ref().map(|_| "true")]
                aria-describedby=[reply.mistake.as_ref().map(|_| "reply-mistake")] { (reply.text) }
            @if let Some(mistake) = &reply.mistake { p.wrong #reply-mistake { (mistake) } }
            div.reply-foot {
                label.as { "As " input name="name" value=(reply.name) maxlength="60" required autocomplete="off"; }
                label.attach { "File " input type="file" name="file" multiple accept=(FILE_TYPES.join(",")); }
                span.send {
                    // First, so that Enter in a field does no more than send.
                    button type="submit" { "Send" }
                    button.quiet type="submit" name="then" value="resolved" { "Send and resolve" }
                }
            }
        }
    })
}

/// The name that an agent answers under.
pub fn name_of(desk: &Desk, session: &SignedIn) -> String {
    session.0.name.clone().unwrap_or_else(|| desk.options.agent_name.clone())
}

/// What the reply box sent.
#[derive(Default)]
struct Posted {
    id: String,
    text: String,
    name: String,
    then: Option<State>,
    files: Vec<DraftFile>,
}

/// `POST /desk/handoffs/{id}/replies`.
pub async fn reply(
    session: SignedIn,
    Shared(desk): Shared<Desk>,
    id: Result<Path<String>, PathRejection>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let Ok(Path(id)) = id else { return Ok(layout::not_found()) };
    let Some(conversation) = desk.store.conversation(&id).await? else {
        return Ok(layout::not_found());
    };
    let Ok(form) = form else { return Ok(StatusCode::BAD_REQUEST.into_response()) };
    let mut posted = Posted::default();
    let read = posted.read(form, &desk).await;
    let (text, name) = (posted.text.clone(), agent_name(&posted.name));
    let then = posted.then;
    let sent = async {
        read?;
        let name = name.clone().ok_or_else(|| Problem::field("As", "say who you are"))?;
        desk.store.name_session(&session.0.key, &name).await?;
        turns::agent_wrote(&desk, &conversation, &name, posted.into_draft()?).await
    };
    match sent.await {
        Ok(_) => {
            if let Some(state) = then {
                turns::set_state(&desk, &conversation, state).await?;
            }
            Ok(Redirect::to(&format!("/desk/handoffs/{id}#thread")).into_response())
        }
        Err(problem) if problem.is_internal() => Err(problem),
        Err(problem) => {
            let name = name.unwrap_or_else(|| name_of(&desk, &session));
            let reply = ReplyBox { text, name, mistake: Some(problem.detail().to_owned()) };
            let page = super::show(&desk, &id, &reply).await?;
            Ok((problem.status(), page).into_response())
        }
    }
}

impl Posted {
    async fn read(&mut self, mut form: Multipart, desk: &Desk) -> Result<(), Problem> {
        while let Some(field) = form.next_field().await.map_err(parts::refused)? {
            match field.name().unwrap_or_default() {
                "id" => self.id = text(field).await?,
                // A form sends lines as CRLF.
                "text" => self.text = text(field).await?.replace("\r\n", "\n"),
                "name" => self.name = text(field).await?,
                "then" => self.then = State::parse(&text(field).await?),
                "file" => self.files.extend(file(field, desk).await?),
                _ => {}
            }
        }
        Ok(())
    }

    fn into_draft(self) -> Result<Draft, Problem> {
        let Self { id, text, files, .. } = self;
        let id = PacketId::parse(&id).ok_or_else(|| Problem::field("id", "is not a UUID"))?;
        let hashes = files.iter().map(|file| file.entry.sha256.as_str()).collect::<Vec<_>>();
        let sha256 = sha256_hex(format!("{} {text}", hashes.join(" ")).as_bytes());
        Draft { id: id.to_string(), text, files, name: None, sha256 }.checked()
    }
}

async fn text(field: Field<'_>) -> Result<String, Problem> {
    field.text().await.map_err(parts::refused)
}

/// A chosen file; none where the field was left empty.
async fn file(field: Field<'_>, desk: &Desk) -> Result<Option<DraftFile>, Problem> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let media_type = field.content_type().unwrap_or_default().to_owned();
    let mut bytes = parts::read_file(field, desk).await?;
    if name.is_empty() && bytes.size() == 0 {
        return Ok(None);
    }
    let size = bytes.size();
    let sha256 = bytes.sha256();
    if !bytes.is(size, &sha256).await? {
        return Err(Problem::internal("a file changed while it arrived"));
    }
    let entry = Attachment { name, media_type, size, sha256, extra: Default::default() };
    Ok(Some(DraftFile { entry, bytes: Some(bytes) }))
}

#[derive(Deserialize)]
pub struct NewState {
    status: String,
}

/// `POST /desk/handoffs/{id}/status`.
pub async fn set_state(
    _: SignedIn,
    Shared(desk): Shared<Desk>,
    id: Result<Path<String>, PathRejection>,
    form: Result<Form<NewState>, FormRejection>,
) -> Result<Response, Problem> {
    let Ok(Path(id)) = id else { return Ok(layout::not_found()) };
    let Some(conversation) = desk.store.conversation(&id).await? else {
        return Ok(layout::not_found());
    };
    let state = form.ok().and_then(|Form(NewState { status })| State::parse(&status));
    // What has just arrived is nobody's decision.
    let Some(state) = state.filter(|state| *state != State::Received) else {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    };
    turns::set_state(&desk, &conversation, state).await?;
    Ok(Redirect::to(&format!("/desk/handoffs/{id}#thread")).into_response())
}

#[derive(Deserialize)]
pub struct Writes {
    name: String,
    active: bool,
}

/// `POST /desk/handoffs/{id}/typing`: the page's script says that an agent writes.
pub async fn typing(
    _: SignedIn,
    Shared(desk): Shared<Desk>,
    id: Result<Path<String>, PathRejection>,
    form: Result<Form<Writes>, FormRejection>,
) -> Result<StatusCode, Problem> {
    let (Ok(Path(id)), Ok(Form(Writes { name, active }))) = (id, form) else {
        return Ok(StatusCode::BAD_REQUEST);
    };
    let Some(conversation) = desk.store.conversation(&id).await? else {
        return Ok(StatusCode::NOT_FOUND);
    };
    desk.live.typing(conversation.seq, Typing { name: agent_name(&name), active });
    Ok(StatusCode::NO_CONTENT)
}
