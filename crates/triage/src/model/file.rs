//! The model's file, written by the trainer. Numbers are little-endian unless
//! said otherwise.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `BTNTRIAG` |
//! | 2 | format, [`FORMAT`] |
//! | 8 | FNV-1a, 64 bits, of all that follows |
//! | 32 | SHA-256 of the data it was trained on |
//! | 8 | seed of the training |
//! | 2, n | length of the labels, and the labels: [`labels`] |
//! | 1 | features from which on each counts for less |
//! | 8 | worth of the eight units of a weight, `i8` |
//! | 4 × 31 | bias of each answer, `f32` |
//! | 4 × 31 | step of each answer, `f32`: a weight is a unit times it, and more for lists: [`crate::features::LIST_SCALE`] |
//! | 4, 4, 4 | how many rows, weights and phrases |
//! | 8,192 | rows of each bucket, by the upper bits of their keys |
//! | rows | the lower 8 bits of each key |
//! | 4 × rows | the answers that each row has a weight for, a bit each |
//! | weights / 2 | units, 4 bits each, the lower ones first, row by row |
//! | 4 × phrases | keys of phrases, big-endian, rising; one of several lists several times |
//! | phrases | the list of each phrase |

use std::ops::Range;

use baton_packet::{CustomerState, Intent, Topic, Urgency};

use super::{ANSWERS, BUCKETS, Model, Place, Scores};

const MAGIC: &[u8; 8] = b"BTNTRIAG";
/// The format that this build reads.
const FORMAT: u16 = 2;
/// What stands before that which the checksum is of.
const HEAD: usize = MAGIC.len() + 2 + 8;
/// Where the hash of the data stands.
pub(super) const DATA_HASH: Range<usize> = HEAD..HEAD + 32;
/// Where the seed stands.
pub(super) const SEED: Range<usize> = DATA_HASH.end..DATA_HASH.end + 8;
/// Larger files are no model.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Why a file is no model that this build can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not begin as a model does.
    #[error("this is not a triage model")]
    NotAModel,
    /// It has a newer format: the number, and only it, is known.
    #[error("the triage model has format {0}, newer than this build reads")]
    Newer(u16),
    /// It is not what was written: cut off or changed on the way.
    #[error("the triage model is damaged: its checksum does not match")]
    Damaged,
    /// It was trained for other labels than this build has.
    #[error("the triage model knows other labels than this build")]
    OtherLabels,
    /// It arrived as it was written, but was not written as a model is.
    #[error("the triage model is malformed: {0}")]
    Malformed(&'static str),
}

/// Where the parts of a file stand in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Sections {
    pub rests: Range<usize>,
    pub masks: Range<usize>,
    pub units: Range<usize>,
    pub phrases: Range<usize>,
    pub lists: Range<usize>,
}

impl Model {
    /// Reads a model from the bytes of its file. A file that is not exactly as
    /// it was written is refused.
    ///
    /// # Errors
    ///
    /// If it is no model, of a newer format, damaged, for other labels, or
    /// malformed.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NotAModel)?;
        let (format, rest) = rest.split_first_chunk().ok_or(ModelError::NotAModel)?;
        let format = u16::from_le_bytes(*format);
        if format > FORMAT {
            return Err(ModelError::Newer(format));
        }
        if format != FORMAT || bytes.len() > MOST_BYTES {
            return Err(ModelError::NotAModel);
        }
        let (hash, body) = rest.split_first_chunk().ok_or(ModelError::Damaged)?;
        if u64::from_le_bytes(*hash) != fnv1a(body) {
            return Err(ModelError::Damaged);
        }
        Reader { bytes, at: HEAD }.model()
    }
}

fn fnv1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash
}

/// The labels, in the order of the answers: heads between `;`, classes between
/// spaces.
#[must_use]
pub fn labels() -> String {
    let mut all = String::new();
    let mut head = |labels: &mut dyn Iterator<Item = &'static str>| {
        for (place, label) in labels.enumerate() {
            all.push(if place > 0 { ' ' } else { ';' });
            all.push_str(label);
        }
    };
    head(&mut Intent::ALL.iter().map(|label| label.as_str()));
    head(&mut Urgency::ALL.iter().map(|label| label.as_str()));
    head(&mut CustomerState::ALL.iter().map(|label| label.as_str()));
    head(&mut ["wants_human"].into_iter());
    head(&mut Topic::ALL.iter().map(|label| label.as_str()));
    all
}

/// What of the file is read.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn model(mut self) -> Result<Model, ModelError> {
        const SHORT: ModelError = ModelError::Malformed("it ends too early");
        self.take(32 + 8).ok_or(SHORT)?;
        let length = self.array().map(u16::from_le_bytes).ok_or(SHORT)?;
        let known = self.take(usize::from(length)).ok_or(SHORT)?;
        if self.bytes[known] != *labels().as_bytes() {
            return Err(ModelError::OtherLabels);
        }
        let [full_length] = self.array().ok_or(SHORT)?;
        let units: [u8; 8] = self.array().ok_or(SHORT)?;
        let bias = self.floats().ok_or(SHORT)?;
        let steps = self.floats().ok_or(SHORT)?;
        if full_length == 0 || bias.iter().chain(&steps).any(|number| !number.is_finite()) {
            return Err(ModelError::Malformed("a number out of range"));
        }
        let mut count = || self.array().map(|four| u32::from_le_bytes(four) as usize);
        let (Some(rows), Some(entries), Some(phrases)) = (count(), count(), count()) else {
            return Err(SHORT);
        };
        let counts = self.take(BUCKETS).ok_or(SHORT)?;
        let sections = Sections {
            rests: self.take(rows).ok_or(SHORT)?,
            masks: self.take(rows.saturating_mul(4)).ok_or(SHORT)?,
            units: self.take(entries.div_ceil(2)).ok_or(SHORT)?,
            phrases: self.take(phrases.saturating_mul(4)).ok_or(SHORT)?,
            lists: self.take(phrases).ok_or(SHORT)?,
        };
        if self.at != self.bytes.len() {
            return Err(ModelError::Malformed("more than it says"));
        }
        let mut place = Place::default();
        let mut buckets = Vec::with_capacity(BUCKETS + 1);
        buckets.push(place);
        let masks = &self.bytes[sections.masks.clone()];
        for count in &self.bytes[counts] {
            let from = 4 * place.row as usize;
            let rows = masks.get(from..from + 4 * usize::from(*count));
            let rows = rows.ok_or(ModelError::Malformed("more rows than it says"))?;
            place.row += u32::from(*count);
            place.entry += rows.iter().map(|byte| byte.count_ones()).sum::<u32>();
            buckets.push(place);
        }
        if place.row as usize != rows || place.entry as usize != entries {
            return Err(ModelError::Malformed("rows and weights do not add up"));
        }
        let weights = steps.map(|step| units.map(|unit| f32::from(unit.cast_signed()) * step));
        Ok(Model {
            bytes: self.bytes.into(),
            sections,
            bias,
            weights,
            full_length: f32::from(full_length),
            buckets: buckets.into(),
        })
    }

    fn take(&mut self, length: usize) -> Option<Range<usize>> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.bytes.len())?;
        let range = self.at..end;
        self.at = end;
        Some(range)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let range = self.take(N)?;
        self.bytes[range].try_into().ok()
    }

    fn floats(&mut self) -> Option<Scores> {
        let mut floats = [0.0; ANSWERS];
        for float in &mut floats {
            *float = f32::from_le_bytes(self.array()?);
        }
        Some(floats)
    }
}

/// A model as the trainer made it, to be written.
#[cfg(feature = "learning")]
#[derive(Debug, Clone)]
pub struct Draft {
    /// SHA-256 of the data it was trained on.
    pub data_hash: [u8; 32],
    /// Seed of the training.
    pub seed: u64,
    /// Features from which on each counts for less.
    pub full_length: u8,
    /// Worth of the eight units of a weight.
    pub units: [i8; 8],
    /// Bias of each answer.
    pub bias: [f32; ANSWERS],
    /// Step of each answer.
    pub steps: [f32; ANSWERS],
    /// For each feature's key its weights: answer, and place of the unit.
    pub rows: std::collections::BTreeMap<u32, Vec<(u8, u8)>>,
    /// Phrases, by [`crate::features::phrase_key`], each with a list it is of.
    pub phrases: std::collections::BTreeSet<(u32, u8)>,
}

/// The file of a model with its scores scaled, answer by answer: a score becomes
/// `slope * score + offset`.
///
/// # Errors
///
/// As [`Model::read`].
#[cfg(feature = "learning")]
pub fn rescaled(
    bytes: &[u8],
    slope: &[f32; ANSWERS],
    offset: &[f32; ANSWERS],
) -> Result<Vec<u8>, ModelError> {
    Model::read(bytes)?;
    let mut file = bytes.to_vec();
    let bias = SEED.end + 2 + labels().len() + 1 + 8;
    for answer in 0..ANSWERS {
        let mut scale = |at: usize, offset: f32| {
            let place = at + 4 * answer..at + 4 * answer + 4;
            let value = f32::from_le_bytes(file[place.clone()].try_into().unwrap_or_default());
            file[place].copy_from_slice(&(value * slope[answer] + offset).to_le_bytes());
        };
        scale(bias, offset[answer]);
        scale(bias + 4 * ANSWERS, 0.0);
    }
    let hash = fnv1a(&file[HEAD..]).to_le_bytes();
    file[HEAD - 8..HEAD].copy_from_slice(&hash);
    Ok(file)
}

#[cfg(feature = "learning")]
impl Draft {
    /// The bytes of the file.
    ///
    /// # Panics
    ///
    /// If an answer, a unit or a key is out of range, the answers of a row do not
    /// rise, or a bucket holds more than 255 rows.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut body = Vec::new();
        body.extend(self.data_hash);
        body.extend(self.seed.to_le_bytes());
        let labels = labels();
        body.extend(u16::try_from(labels.len()).expect("labels are short").to_le_bytes());
        body.extend(labels.bytes());
        body.push(self.full_length);
        body.extend(self.units.map(i8::cast_unsigned));
        body.extend(self.bias.iter().chain(&self.steps).flat_map(|number| number.to_le_bytes()));
        let entries: usize = self.rows.values().map(Vec::len).sum();
        for count in [self.rows.len(), entries, self.phrases.len()] {
            body.extend(u32::try_from(count).expect("a model is small").to_le_bytes());
        }
        let mut buckets = [0u8; BUCKETS];
        for key in self.rows.keys() {
            let count = &mut buckets[(key >> super::REST_BITS) as usize];
            *count = count.checked_add(1).expect("a bucket is small");
        }
        body.extend(buckets);
        body.extend(self.rows.keys().map(|key| (key & ((1 << super::REST_BITS) - 1)) as u8));
        for row in self.rows.values() {
            let in_order = row.is_sorted_by(|a, b| a.0 < b.0);
            assert!(in_order && row.iter().all(|(answer, _)| usize::from(*answer) < ANSWERS));
            let mask = row.iter().fold(0u32, |mask, (answer, _)| mask | 1 << answer);
            body.extend(mask.to_le_bytes());
        }
        let units: Vec<u8> = self.rows.values().flatten().map(|(_, unit)| *unit).collect();
        assert!(units.iter().all(|unit| *unit < 8));
        let pairs = units.chunks(2);
        body.extend(pairs.map(|pair| pair[0] | pair.get(1).copied().unwrap_or_default() << 4));
        body.extend(self.phrases.iter().flat_map(|(key, _)| key.to_be_bytes()));
        body.extend(self.phrases.iter().map(|(_, list)| *list));
        let mut file = MAGIC.to_vec();
        file.extend(FORMAT.to_le_bytes());
        file.extend(fnv1a(&body).to_le_bytes());
        file.extend(body);
        file
    }
}
