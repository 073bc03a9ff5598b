//! Symbols that a page uses from other SVG files come along under names of their own.

use baton_picture::tree::{Element as Copied, Node as CopiedNode, Space};
use wasm_bindgen::JsCast;
use web_sys::{Document, DomParser, Element, Node, SupportedType};

use super::dom::{attributes, name, siblings};
use super::media::sprite_id;
use super::resources::Resources;

/// Fetches the files and takes the symbols out of them; returns how many were not
/// to be had.
pub async fn fetch(wanted: &[(String, String)], resources: &Resources) -> (Vec<Copied>, u32) {
    let mut files: Vec<&str> = wanted.iter().map(|(file, _)| file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let texts = resources.texts(files.clone()).await;
    let documents: Vec<Option<Document>> = texts.into_iter().map(|text| parse(&text?)).collect();
    let mut missing = 0;
    let mut sprites = Vec::new();
    for (number, (file, id)) in wanted.iter().enumerate() {
        let document =
            files.binary_search(&file.as_str()).ok().and_then(|at| documents[at].as_ref());
        match document.and_then(|document| document.get_element_by_id(id)) {
            Some(symbol) => {
                let mut copied = copy(&symbol);
                copied.set_attribute("id", &sprite_id(number, false));
                sprites.push(copied);
            }
            None => missing += 1,
        }
    }
    if sprites.is_empty() {
        return (Vec::new(), missing);
    }
    // Not to be seen itself, but not without a box either: that would turn off
    // gradients in it.
    let mut holder = Copied { space: Space::Svg, name: "svg".to_owned(), ..Copied::default() };
    holder.set("position", "absolute");
    for property in ["width", "height"] {
        holder.set(property, "0");
    }
    holder.children = sprites.into_iter().map(CopiedNode::Element).collect();
    (vec![holder], missing)
}

fn parse(text: &str) -> Option<Document> {
    DomParser::new().ok()?.parse_from_string(text, SupportedType::ImageSvgXml).ok()
}

fn copy(original: &Element) -> Copied {
    let children = siblings(original.first_child()).filter_map(|node| match node.node_type() {
        Node::ELEMENT_NODE => {
            let element: &Element = node.unchecked_ref();
            (name(element) != "script").then(|| CopiedNode::Element(copy(element)))
        }
        Node::TEXT_NODE => Some(CopiedNode::Text(node.node_value().unwrap_or_default())),
        _ => None,
    });
    Copied {
        space: Space::Svg,
        name: name(original),
        attributes: attributes(original),
        children: children.collect(),
        ..Copied::default()
    }
}
