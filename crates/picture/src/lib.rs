//! What the screenshot engine needs no browser for: the copy of a page as plain
//! data ([`tree`]), that data as an SVG picture ([`svg`]) and as a URL ([`data_url`]),
//! the text of style sheets ([`css`]), and how large a picture becomes ([`size`]).

pub mod css;
pub mod data_url;
mod names;
pub mod rules;
pub mod size;
pub mod svg;
pub mod tree;
