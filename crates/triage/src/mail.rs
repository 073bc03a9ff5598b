//! The customer's own part of a text: without the mail it answers, the
//! signature, and the line a telephone puts under it.

use crate::words::{lower, parts};

/// How a mail program introduces what it quotes.
const WROTE: &str = "wrote:|schrieb:|a écrit :|a écrit:|escribió:|escreveu:|ha scritto:|schreef:|napisał:|napisał(a):|napisała:|yazdı:|写道：|写道:|कृत:";
const FORWARDED: &str = "-----original|---- original|----- forwarded|---------- forwarded|begin forwarded message|-----ursprüngliche|-------- original|________________________________";
const HEADER: &str = "from:|von:|de :|de:|da:|van:|od:|差出人:|发件人:";
const SENT_BY: &str = "sent from my|sent from outlook|sent from mail|get outlook for|sent via|von meinem|gesendet von|gesendet mit|envoyé de|envoyé depuis|\
enviado desde|enviado do|enviado de mi|inviato da|verzonden vanaf|verstuurd vanaf|wysłane z|iphoneから送信|发自我的|أرسلت من";
/// What ends a letter: such a line, and what stands under it, says nothing more.
const CLOSING: &str = "best|best regards|kind regards|regards|many thanks|thanks|thank you|thanks in advance|cheers|sincerely|yours|warm regards|\
thx|all the best|rgds|br|mit freundlichen grüßen|viele grüße|beste grüße|liebe grüße|freundliche grüße|mfg|vg|lg|gruß|danke|cordialement|bien à vous|bien cordialement|merci|\
merci davance|merci d'avance|saludos|un saludo|atentamente|gracias|atenciosamente|abraços|obrigado|obrigada|cordiali saluti|saluti|grazie|distinti saluti|met vriendelijke groet|groeten|\
groet|mvg|bedankt|pozdrawiam|z poważaniem|dziękuję|saygılarımla|teşekkürler|よろしくお願いします|よろしくお願いいたします|谢谢|شكرا|धन्यवाद";
/// Most lines of a name and an address under a closing.
const NAME_LINES: usize = 5;

/// The own parts of a message, in order, as far as it is read; all of it, if it
/// is nothing but a quote.
pub(crate) fn own(message: &str) -> impl Iterator<Item = &str> {
    parts(message).into_iter().filter(|part| !part.is_empty()).flat_map(own_of)
}

fn own_of(text: &str) -> Vec<&str> {
    let mut kept: Vec<&str> = Vec::new();
    let mut from = 0;
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    let mut keep = |from: usize, to: usize| {
        if !text[from..to].trim().is_empty() {
            kept.push(&text[from..to]);
        }
    };
    while let Some(line) = lines.next() {
        let shown = line.trim();
        let next = lines.peek().map_or("", |line| line.trim());
        if at > 0 && shown == "--" || begins_quote(shown, next) {
            keep(from, at);
            from = text.len();
            break;
        }
        if shown.starts_with('>') || starts(shown, SENT_BY) {
            keep(from, at);
            from = at + line.len();
        }
        at += line.len();
    }
    keep(from, text.len());
    if kept.is_empty() { vec![text] } else { kept }
}

fn begins_quote(line: &str, next: &str) -> bool {
    if line.len() > 400 {
        return false;
    }
    let dated = line.contains(|c: char| c.is_ascii_digit()) || line.contains('@');
    let introduced = |line: &str| WROTE.split('|').any(|end| lower(line).ends_with(end));
    dated && (introduced(line) || line.starts_with("On ") && introduced(next))
        || starts(line, FORWARDED)
        || starts(line, HEADER)
            && line.contains('@')
            && next.split(' ').next().is_some_and(|word| word.ends_with(':'))
}

fn starts(line: &str, list: &str) -> bool {
    let head: String = line.chars().take(40).map(crate::words::fold).collect();
    list.split('|').any(|start| head.starts_with(start))
}

/// The letter without its closing: "Kind regards," and the name under it.
pub(crate) fn without_closing(text: &str) -> &str {
    let body = text.trim_end();
    let mut end = body.len();
    let mut lines = 0;
    for line in body.rsplit('\n') {
        let start = end - line.len();
        let said = lower(line.trim().trim_end_matches([',', '.', '!', '-', ' ']));
        if CLOSING.split('|').any(|closing| said == closing) {
            let rest = body[..start].trim_end();
            return if rest.is_empty() { text } else { rest };
        }
        lines += usize::from(!said.is_empty());
        // A sentence, or too much for a name.
        if lines > NAME_LINES
            || line.len() > 60
            || line.trim_end().ends_with(['.', '?', '!'])
            || start == 0
        {
            break;
        }
        end = start - 1;
    }
    text
}

/// Where a piece of a text begins in it, in bytes.
pub(crate) fn offset(text: &str, piece: &str) -> usize {
    (piece.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize).min(text.len())
}
