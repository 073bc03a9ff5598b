//! Who answers before a human does. Pure: whoever has a network and a screen
//! performs what this crate describes.

pub mod ai;
pub mod articles;
pub mod json;
