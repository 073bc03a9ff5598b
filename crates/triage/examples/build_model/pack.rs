//! The model's file from its sources. Its layout is told in `src/model/read.rs`.

use baton_packet::Intent;

/// The file, of the table that `data/train.py` wrote and of the lists of cues.
///
/// # Errors
///
/// Names the line that is not as it should be.
pub fn pack(weights: &str, cues: &str) -> Result<String, String> {
    let (bias, table) = weights.split_once('\n').ok_or("weights without biases")?;
    let (mut names, mut letters, mut units) = (String::new(), String::new(), String::new());
    for line in table.lines() {
        let (name, pairs) = line.split_once('\t').ok_or_else(|| format!("no weights: {line}"))?;
        names.push_str(name);
        names.push('\n');
        for (place, c) in pairs.chars().enumerate() {
            if place % 2 == 0 { letters.push(c) } else { units.push(c) }
        }
        letters.push('\n');
    }
    let count = table.lines().count();
    let body = format!("{count}\n{bias}\n{names}{letters}{units}\n{}", lists(cues)?);
    Ok(head(body.as_bytes()) + &body)
}

/// The first line of the file that has this body.
pub fn head(body: &[u8]) -> String {
    format!("baton-triage 1 {:016x}\n", fnv1a(body))
}

fn lists(cues: &str) -> Result<String, String> {
    let mut out = String::new();
    for line in cues.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some(heading) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) else {
            if out.is_empty() {
                return Err(format!("no heading before: {line}"));
            }
            out.push_str(line);
            continue;
        };
        let (name, score) = heading.split_once(' ').ok_or_else(|| format!("no score: {line}"))?;
        let place = Intent::ALL
            .iter()
            .position(|intent| intent.as_str() == name)
            .ok_or_else(|| format!("unknown intent: {line}"))?;
        let score: f32 = score.parse().map_err(|_| format!("no score: {line}"))?;
        let tenths = (score * 10.0).round() as u8;
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{}{tenths} ", char::from(b'A' + place as u8)));
    }
    out.push('\n');
    Ok(out)
}

fn fnv1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash
}
