//! Baton: the widget.
