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
mod used;
mod walk;

use std::borrow::Cow;

pub use author::restore;
pub use lost::{has_lost_values, lost_values};
pub use scope::Scope;
pub use states::States;
pub use units::Viewport;
pub use used::Names;

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
    /// The page is in quirks mode: the case of classes and ids does not count.
    pub quirks: bool,
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
        let is_none = self.states.is_empty() && !self.root && !self.quirks;
        if is_none && self.viewport.is_none() && self.scope.is_none() && !css.contains('\\') {
            return Cow::Borrowed(css);
        }
        let mut edits = Edits::new(css);
        walk(css, &mut |part, range| {
            let is_scoped = match part {
                Part::Selectors { is_scoped } => is_scoped,
                Part::Limits => true,
                Part::Declaration => {
                    if let Some(viewport) = self.viewport {
                        viewport.declaration(&mut edits, css, range);
                    }
                    return;
                }
            };
            let named = names::selectors(&css[range.clone()], self.quirks);
            if self.scope.is_none() && matches!(named, Cow::Borrowed(_)) {
                return states.selectors(&mut edits, css, range, is_scoped);
            }
            let mut inner = Edits::new(&named);
            states.selectors(&mut inner, &named, 0..named.len(), is_scoped);
            let text = inner.finish();
            edits.replace(range).push_str(&match (&self.scope, part) {
                (Some(scope), Part::Limits) => scope.limits(&text).into(),
                (Some(scope), _) => scope.selectors(&text).into(),
                (None, _) => text,
            });
        });
        edits.finish()
    }
}

#[cfg(test)]
mod tests;
