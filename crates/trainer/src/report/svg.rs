//! Plots as SVG, by hand: three plain kinds need no library.

use std::fmt::Write;

const FONT: &str = "font-family=\"sans-serif\" font-size=\"11\" fill=\"#222\"";

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn open(width: usize, height: usize, title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>{0}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"10\" y=\"18\" {FONT} font-weight=\"bold\">{0}</text>\n",
        escape(title)
    )
}

/// How often each class (row) was taken for each other (column), as a share of
/// its row.
#[must_use]
pub fn confusion(title: &str, labels: &[&str], counts: &[Vec<usize>]) -> String {
    let (cell, left, top) = (34, 120, 120);
    let size = labels.len() * cell;
    let mut svg = open(left + size + 20, top + size + 20, title);
    for (row, label) in labels.iter().enumerate() {
        let middle = top + row * cell + cell / 2 + 4;
        let _ = writeln!(svg, "<text x=\"{}\" y=\"{middle}\" text-anchor=\"end\" {FONT}>{label}</text>", left - 6);
        let x = left + row * cell + cell / 2 + 4;
        let _ = writeln!(svg, "<text transform=\"translate({x} {}) rotate(-90)\" {FONT}>{label}</text>", top - 6);
        let all: usize = counts[row].iter().sum();
        for (column, count) in counts[row].iter().enumerate() {
            let share = *count as f64 / all.max(1) as f64;
            let (x, y) = (left + column * cell, top + row * cell);
            let colour = if row == column { "#2a7" } else { "#c33" };
            let _ = writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{cell}\" height=\"{cell}\" fill=\"{colour}\" \
                 fill-opacity=\"{share:.2}\" stroke=\"#ddd\"/>"
            );
            if *count > 0 {
                let _ = writeln!(
                    svg,
                    "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" {FONT}>{count}</text>",
                    x + cell / 2,
                    y + cell / 2 + 4
                );
            }
        }
    }
    svg + "</svg>\n"
}

/// Confidence against the share that was right, by bin; the diagonal is perfect.
#[must_use]
pub fn reliability(title: &str, bins: &[(usize, f64, f64)]) -> String {
    let (left, top, size) = (50.0, 40.0, 320.0);
    let mut svg = open(400, 410, title);
    let _ = writeln!(
        svg,
        "<path d=\"M{left} {top}V{0}H{1}\" fill=\"none\" stroke=\"#888\"/>\n\
         <path d=\"M{left} {0}L{1} {top}\" stroke=\"#aaa\" stroke-dasharray=\"4 4\"/>",
        top + size,
        left + size
    );
    let most = bins.iter().map(|bin| bin.0).max().unwrap_or(1).max(1) as f64;
    for (count, confidence, right) in bins.iter().filter(|bin| bin.0 > 0) {
        let (x, y) = (left + size * confidence, top + size * (1.0 - right));
        let radius = 3.0 + 9.0 * (*count as f64 / most).sqrt();
        let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"#36c\" fill-opacity=\".7\"><title>{count} messages: said {confidence:.2}, right {right:.2}</title></circle>");
    }
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{0}\" {FONT}>0</text><text x=\"{1}\" y=\"{0}\" {FONT}>1 confidence</text>\n\
         <text x=\"10\" y=\"{2}\" {FONT}>right</text>",
        top + size + 16.0,
        left + size - 60.0,
        top + 10.0
    );
    svg + "</svg>\n"
}

/// A value between 0 and 1 for each label, as bars.
#[must_use]
pub fn bars(title: &str, values: &[(String, f64)]) -> String {
    let (row, left, width) = (22, 150, 260);
    let mut svg = open(left + width + 60, 30 + row * values.len() + 10, title);
    for (place, (label, value)) in values.iter().enumerate() {
        let y = 30 + place * row;
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" {FONT}>{}</text>\
             <rect x=\"{left}\" y=\"{y}\" width=\"{:.0}\" height=\"16\" fill=\"#36c\"/>\
             <text x=\"{:.0}\" y=\"{}\" {FONT}>{value:.2}</text>",
            left - 6,
            y + 12,
            escape(label),
            value * width as f64,
            left as f64 + value * width as f64 + 6.0,
            y + 12
        );
    }
    svg + "</svg>\n"
}
