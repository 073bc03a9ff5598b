//! Texts put together, without the machinery that can format everything.

/// All parts as one.
pub fn joined(parts: &[&str]) -> String {
    let mut whole = String::new();
    for part in parts {
        whole.push_str(part);
    }
    whole
}

/// A number without its fraction.
pub fn whole(number: f64) -> String {
    let rounded = number.round() as i32;
    let mut left = rounded.unsigned_abs();
    let mut digits = [0; 10];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    let mut text = String::new();
    if rounded < 0 {
        text.push('-');
    }
    for digit in &digits[at..] {
        text.push(char::from(*digit));
    }
    text
}
