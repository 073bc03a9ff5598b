//! Annotating a picture, without a browser: the editor as a reducer ([`editor`]) over
//! shapes in picture pixels ([`shape`]) with a history ([`history`]); what keys mean
//! ([`keys`]); what of the picture is seen ([`view`]); how removed pixels are computed
//! ([`pixels`]); and what the finished picture says of itself ([`summary`]).
//!
//! Lengths are pixels of the picture unless said otherwise; y grows downwards.
//!
//! ```
//! use baton_annotation::{Editor, Event, Kind, Point, Tool, summary};
//!
//! let mut editor = Editor::new([800.0, 600.0]);
//! editor.reduce(Event::Tool(Tool::Draw(Kind::BlackOut)));
//! editor.reduce(Event::Press(Point { x: 10.0, y: 10.0 }));
//! editor.reduce(Event::Drag(Point { x: 110.0, y: 40.0 }));
//! editor.reduce(Event::Release);
//! assert_eq!(summary(&editor).removed, 1);
//! ```

pub mod arrow;
pub mod editor;
mod event;
pub mod freehand;
mod geometry;
pub mod history;
pub mod keys;
pub mod look;
pub mod pixels;
pub mod shape;
mod summary;
pub mod view;

pub use editor::Editor;
pub use event::{Effect, Event, Tool};
pub use geometry::{Point, Rect};
pub use shape::{Kind, Shape};
pub use summary::{Annotation, Summary, summary};
pub use view::View;
