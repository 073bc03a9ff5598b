//! Names in selectors, as the copy has them.

use std::borrow::Cow;
use std::ops::Range;

use super::edits::Edits;
use super::scan::{block_end, is_name_start, name_end, space_end, token_end, unescaped};
use crate::names::of_element;

/// Selectors with the names of elements and attributes as XML may hold them. With
/// `quirks`, the case of classes and ids counts for nothing (Quirks Mode Standard,
/// section 3.8): classes of the copy are in lower case; ids are not, as other things
/// than rules ask for them.
pub(super) fn selectors(text: &str, quirks: bool) -> Cow<'_, str> {
    // No character that is none in XML stands in a name without a backslash.
    if !quirks && !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut edits = Edits::new(text);
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b'[' => {
                let name = space_end(bytes, at + 1);
                encode(&mut edits, text, name..name_end(bytes, name));
                at = block_end(bytes, at);
            }
            b'.' | b'#' | b':' => {
                at = name_end(bytes, at + 1).max(at + 1);
                match bytes[start] {
                    b'.' if quirks => lower(&mut edits, text, start + 1..at),
                    b'#' if quirks => either_case(&mut edits, text, start..at),
                    _ => {}
                }
            }
            _ if is_name_start(bytes, at) => {
                at = name_end(bytes, at).max(at + 1);
                encode(&mut edits, text, start..at);
            }
            _ => at = token_end(bytes, at),
        }
    }
    edits.finish()
}

fn encode(edits: &mut Edits<'_>, text: &str, range: Range<usize>) {
    let Some(name) = text.get(range.clone()).filter(|name| name.contains('\\')) else { return };
    let name = unescaped(name);
    let encoded = of_element(&name);
    if encoded != name {
        edits.replace(range).push_str(&encoded.replace('.', "\\."));
    }
}

fn lower(edits: &mut Edits<'_>, text: &str, range: Range<usize>) {
    if let Some(name) = text.get(range.clone())
        && name.contains(|c: char| c.is_ascii_uppercase())
    {
        edits.replace(range).push_str(&name.to_ascii_lowercase());
    }
}

/// `#Id` in a way that weighs as much.
fn either_case(edits: &mut Edits<'_>, text: &str, range: Range<usize>) {
    let Some(id) = text.get(range.clone()) else { return };
    let name = unescaped(&id[1..]).replace('\\', "\\\\").replace('"', "\\\"");
    let new = edits.replace(range);
    for part in [":is(", id, ",[id=\"", &name, "\" i])"] {
        new.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::selectors;

    #[test]
    fn odd_names_are_spelled_as_in_the_copy() {
        for (text, expected) in [
            (r"[\@click], a[x-on\:a\.b='\@']", r"[_40_click], a[x-on_3a_a\.b='\@']"),
            (r"my\:tag > custom\.tag.md\:x", r"my_3a_tag > custom\.tag.md\:x"),
            (r"a:not(my\:b)::before", r"a:not(my_3a_b)::before"),
        ] {
            assert_eq!(selectors(text, false), expected);
        }
    }

    #[test]
    fn in_quirks_mode_the_case_of_classes_and_ids_is_that_of_the_copy() {
        let expected = "A.mixed:is(#Id,[id=\"Id\" i]):Hover[Class=X]";
        assert_eq!(selectors("A.Mixed#Id:Hover[Class=X]", true), expected);
        assert_eq!(selectors("A.Mixed", false), "A.Mixed");
    }
}
