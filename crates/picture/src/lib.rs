//! What the screenshot engine needs no browser for.

pub mod css;
