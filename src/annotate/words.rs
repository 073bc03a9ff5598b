//! Every word of the editor and the pickers, by key; the embedder may replace any of
//! them by `annotate_` and the key in `labels`.

use wasm_bindgen::JsValue;

use super::text::joined;
use crate::bridge::Bridge;
use crate::js;

const ENGLISH: &[(&str, &str)] = &[
    ("title", "Edit the picture"),
    ("cancel", "Cancel"),
    ("done", "Done"),
    ("picture", "Picture"),
    ("tools", "Tools"),
    ("select", "Select"),
    ("arrow", "Arrow"),
    ("box", "Box"),
    ("highlight", "Highlight"),
    ("freehand", "Draw"),
    ("text", "Text"),
    ("blur", "Blur"),
    ("blackout", "Black out"),
    ("crop", "Crop"),
    ("style", "Colour and line"),
    ("red", "Red"),
    ("yellow", "Yellow"),
    ("green", "Green"),
    ("blue", "Blue"),
    ("black", "Black"),
    ("thin", "Thin line"),
    ("medium", "Medium line"),
    ("thick", "Thick line"),
    ("actions", "Actions"),
    ("undo", "Undo"),
    ("redo", "Redo"),
    ("delete", "Delete"),
    ("zoom_out", "Zoom out"),
    ("zoom_in", "Zoom in"),
    ("words", "Words on the picture"),
    ("hint", "Drag on the picture. With keys: arrows move, Enter starts and ends."),
    ("hint_text", "Tap where the words go, write, press Enter."),
    ("hint_remove", "Drag over what nobody may see. It is removed for good."),
    ("hint_crop", "Drag over what is kept."),
    ("hint_select", "Drag a shape. With keys: Enter selects the next, arrows move it."),
    ("added", "Added:"),
    ("selected", "Selected:"),
    ("deleted", "Deleted"),
    ("undone", "Undone"),
    ("redone", "Done again"),
    ("cropped", "Cropped"),
    ("pick_element", "Choose a part of the page"),
    ("pick_element_hint", "Click it. With keys: arrows go around, Enter takes it."),
    ("pick_region", "Choose a region of the page"),
    ("pick_region_hint", "Drag over it. With keys: arrows move, Enter starts and ends."),
    ("larger", "Larger part"),
    ("smaller", "Smaller part"),
    ("take", "Take it"),
];

/// The words in use.
pub struct Words {
    replaced: JsValue,
}

impl Words {
    pub fn read(bridge: &Bridge) -> Self {
        Self { replaced: js::get(&bridge.config(), "labels") }
    }

    /// The words for a key; the key itself if it is unknown.
    pub fn get(&self, key: &str) -> String {
        js::get_string(&self.replaced, &joined(&["annotate_", key])).unwrap_or_else(|| {
            let english = ENGLISH.iter().find(|(known, _)| *known == key);
            english.map_or(key, |(_, words)| words).to_owned()
        })
    }
}
