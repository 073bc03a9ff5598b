//! Whole conversations as customers have them, against the real desk: what they were
//! told, in order, and what the team got.

mod answered;
mod escalated;
mod script;
mod settled;
