//! The text of style sheets, made to mean in a picture what it means on the page.
//!
//! Input is what the browser serialises (`CSSRule.cssText`) and what authors write.
//! Nothing here judges CSS: what is invalid stays invalid, and text that nothing
//! concerns comes back byte for byte.
//!
//! ```
//! use baton_picture::css::{Rewrite, states};
//!
//! let css = ":root { --gap: 1rem } a:hover { color: red }";
//! let rewrite = Rewrite { states: states::used(css), root: true, ..Rewrite::default() };
//! assert_eq!(
//!     rewrite.apply(css),
//!     "[data-baton-root] { --gap: 1rem } a[data-baton-is~=\"hover\"] { color: red }"
//! );
//! ```

mod author;
mod edits;
mod lost;
mod names;
mod scan;
mod scope;
pub mod states;
mod units;
pub mod urls;
mod walk;

use std::borrow::Cow;

pub use author::restore;
pub use lost::has_lost_values;
pub use names::Names;
pub use scope::Scope;
pub use states::States;
pub use units::Viewport;

use edits::Edits;
use walk::{Part, walk};

/// What is to be rewritten.
#[derive(Debug, Clone, Default)]
pub struct Rewrite {
    /// The pseudo-classes that become the attribute [`states::ATTRIBUTE`].
    pub states: States,
    /// `:root` becomes the attribute [`states::ROOT`]: in a picture, the root is the
    /// `<svg>` around the copied `<html>`.
    pub root: bool,
    /// Lengths that are parts of the viewport become pixels of this one.
    pub viewport: Option<Viewport>,
    /// The rules are kept to one tree of the page.
    pub scope: Option<Scope>,
}

impl Rewrite {
    /// Rewrites a sheet, a rule, or the declarations of a `style` attribute, in time
    /// linear in its length.
    pub fn apply<'a>(&self, css: &'a str) -> Cow<'a, str> {
        let states = states::PseudoClasses {
            states: self.states,
            root: self.root,
            has_parts: self.scope.is_some(),
        };
        if !self.root && self.states.is_empty() && self.viewport.is_none() && self.scope.is_none() {
            return Cow::Borrowed(css);
        }
        let mut edits = Edits::new(css);
        walk(css, &mut |part, range| match (part, &self.scope, self.viewport) {
            (Part::Selectors { is_scoped }, None, _) => {
                states.selectors(&mut edits, css, range, is_scoped);
            }
            (Part::Limits, None, _) => states.selectors(&mut edits, css, range, true),
            (Part::Selectors { .. } | Part::Limits, Some(scope), _) => {
                let text = &css[range.clone()];
                let mut inner = Edits::new(text);
                let is_scoped = part != Part::Selectors { is_scoped: false };
                states.selectors(&mut inner, text, 0..text.len(), is_scoped);
                let text = inner.finish();
                let new = edits.replace(range);
                new.push_str(&match part {
                    Part::Limits => scope.limits(&text),
                    _ => scope.selectors(&text),
                });
            }
            (Part::Declaration, _, Some(viewport)) => {
                viewport.declaration(&mut edits, css, range);
            }
            (Part::Declaration, ..) => {}
        });
        edits.finish()
    }
}

#[cfg(test)]
mod tests;
