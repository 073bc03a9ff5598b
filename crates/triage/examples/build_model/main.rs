//! Writes the model's file from its sources, the weights and the cues:
//! `cargo run -p baton-triage --example build_model`

mod pack;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let weights = std::fs::read_to_string(root.join("data/weights.txt"))?;
    let cues = std::fs::read_to_string(root.join("data/cues.txt"))?;
    let model = pack::pack(&weights, &cues)?;
    std::fs::write(root.join("model/triage.model"), &model)?;
    println!("{} bytes", model.len());
    Ok(())
}
