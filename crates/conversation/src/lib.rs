//! Baton conversation.
