//! SVG text as a URL.

const PREFIX: &str = "data:image/svg+xml;charset=utf-8,";

/// The picture as a `data:` URL. Only what a URL cannot carry is escaped, which is
/// a tenth of what `encodeURIComponent` does to markup: `%` and `#`, and what the
/// URL parser strips (tab, newline, a last space); it escapes by itself what is not
/// ASCII. (WHATWG URL Standard, "basic URL parser" and "opaque path state".)
pub fn of_svg(svg: &str) -> String {
    let mut url = String::with_capacity(PREFIX.len() + svg.len() + svg.len() / 16);
    url.push_str(PREFIX);
    let mut copied = 0;
    for (at, byte) in svg.bytes().enumerate() {
        let escaped = match byte {
            b'%' => "%25",
            b'#' => "%23",
            b'\n' => "%0A",
            b'\r' => "%0D",
            b'\t' => "%09",
            // Behind `"` in style attributes, and in `url("…")` of another data URL.
            b'"' => "%22",
            _ => continue,
        };
        url.push_str(&svg[copied..at]);
        url.push_str(escaped);
        copied = at + 1;
    }
    url.push_str(&svg[copied..]);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_url_cannot_carry_is_escaped() {
        let url = of_svg("<a b=\"#1\">50% é\n</a>");
        assert_eq!(url, "data:image/svg+xml;charset=utf-8,<a b=%22%231%22>50%25 é%0A</a>");
    }

    #[test]
    fn one_in_another_keeps_its_own_escapes() {
        let outer = of_svg(&of_svg("#"));
        assert!(outer.ends_with(",%2523"), "{outer}");
    }
}
