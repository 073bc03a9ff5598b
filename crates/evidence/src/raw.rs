//! What the loader's `drain()` returns, read tolerantly: a field of the wrong
//! type counts as absent, and what makes a record unreadable is for its reader
//! to say. Over one dynamic value, because a derived reader for every kind of
//! record is a quarter of the module's size.

use baton_packet::Gap;
use serde_json::Value;

/// One object of the sensors, with fields of any type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw<'a>(pub &'a Value);

impl<'a> Raw<'a> {
    /// A field that is text.
    pub fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str()
    }

    /// A field that is a number.
    pub fn number(self, name: &str) -> Option<f64> {
        self.0.get(name)?.as_f64()
    }

    /// A field that is a time, size or count: finite and not negative.
    pub fn length(self, name: &str) -> Option<f64> {
        self.number(name).filter(|number| number.is_finite() && *number >= 0.0)
    }

    /// A field that is `true`.
    pub fn flag(self, name: &str) -> bool {
        self.0.get(name) == Some(&Value::Bool(true))
    }

    /// A field that is an object.
    pub fn object(self, name: &str) -> Option<Self> {
        self.0.get(name).filter(|value| value.is_object()).map(Self)
    }

    /// The entries of a field that is a list; none if it is something else.
    pub fn list(self, name: &str) -> impl Iterator<Item = Self> + use<'a> {
        self.0.get(name).and_then(Value::as_array).into_iter().flatten().map(Self)
    }

    /// The numbers in a field that is a list.
    pub fn numbers(self, name: &str) -> impl Iterator<Item = f64> + use<'a> {
        self.list(name).filter_map(|raw| raw.0.as_f64())
    }

    /// A field that is a list of text throughout.
    pub fn texts(self, name: &str) -> Option<Vec<&'a str>> {
        self.0.get(name)?.as_array()?.iter().map(Value::as_str).collect()
    }

    /// The ring with this name. Without one, the sensor was off.
    pub fn ring(self, name: &str) -> Ring<'a> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ring::default(),
            Some(ring) => Ring::read(ring),
        }
    }

    /// What the sensors could not do, as far as it is told.
    pub fn gaps(self) -> Vec<Gap> {
        self.list("gaps")
            .filter_map(|gap| Some(Gap::new(gap.text("stage")?, gap.text("reason")?)))
            .collect()
    }
}

/// One bounded ring.
#[derive(Debug, Default)]
pub(crate) struct Ring<'a> {
    /// How many records it holds at most.
    pub cap: u32,
    /// How many older records it dropped.
    pub dropped: u32,
    /// The records, oldest first.
    pub records: &'a [Value],
    /// How many records are known to be unreadable.
    pub unreadable: u32,
}

impl<'a> Ring<'a> {
    /// What is no ring at all counts as one unreadable record.
    fn read(ring: &'a Value) -> Self {
        let records = match ring.get("records") {
            Some(Value::Array(records)) => records.as_slice(),
            None if ring.is_object() => &[],
            _ => return Self { unreadable: 1, ..Self::default() },
        };
        let count = |name| Raw(ring).number(name).unwrap_or(0.0) as u32;
        Self { cap: count("cap"), dropped: count("dropped"), records, unreadable: 0 }
    }
}
