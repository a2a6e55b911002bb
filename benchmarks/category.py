"""How well and how fast the classifier judges, beside a plain one in the same folds.

`python -m benchmarks.category [names]` reads ../shared/data; near duplicates stay in one fold.
The figures of docs/rules/category.md come from here. Minutes of one core.
"""

import gzip
import io
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from tingsu.mind.category import Classifier
from tingsu.mind.twins import twins

DATA = Path(os.environ.get("TINGSU_SHARED", "../shared")) / "data"
Row = dict[str, Any]


def _titled(row: Row) -> str:
    return f"{row['title']}\n{row['body']}"


SETS: dict[str, tuple[str, Callable[[Row], str], str]] = {
    "annex 2 raw": ("tipdm_annex2_labelled_raw", _titled, "label"),
    "annex 2 segmented": (
        "tipdm_annex2_labelled_segmented",
        lambda row: row["text_segmented"],
        "label",
    ),
    "CFPB products": (
        "cfpb_narratives_labelled",
        lambda row: row["Consumer complaint narrative"],
        "product_group",
    ),
    "shop sentiment": ("zh_online_shopping_10_cats", lambda row: row["review"], "label"),
    "hotel sentiment": ("zh_hotel_ChnSentiCorp_htl", lambda row: row["review"], "label"),
    "SMP emotion": ("zh_emotion_smp2020_virus", lambda row: row["content"], "label"),
    "COLD abuse": ("zh_abuse_cold", lambda row: row["TEXT"], "label"),
}


def _read(name: str) -> tuple[list[str], list[str]]:
    file, text_of, label = SETS[name]
    with gzip.open(DATA / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [text_of(row) for row in rows], [str(row[label]) for row in rows]


def _plain(texts: list[str], labels: list[str], unseen: list[str]) -> list[str]:
    words = TfidfVectorizer(
        analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2, max_features=300_000
    )
    learner = LinearSVC(random_state=0).fit(words.fit_transform(texts), labels)
    return list(learner.predict(words.transform(unseen)))


def measure(name: str) -> str:
    """A line of the table: macro-F1 of both, folds won, speed on one core, size of the file."""
    texts, labels = _read(name)
    folds = StratifiedGroupKFold(8 if len(texts) < 1000 else 5, shuffle=True, random_state=0)
    marks: list[tuple[float, float]] = []
    seconds = size = 0.0
    for inside, outside in folds.split(texts, labels, twins(texts)):
        known, unseen = [texts[at] for at in inside], [texts[at] for at in outside]
        truth, given = [labels[at] for at in outside], [labels[at] for at in inside]
        model = Classifier.fit(known, given)
        model.predict_proba(unseen[:1])
        begin = time.process_time()
        found = model.predict(unseen)
        seconds += time.process_time() - begin
        plain = _plain(known, given, unseen)
        marks.append(
            (f1_score(truth, plain, average="macro"), f1_score(truth, found, average="macro"))
        )
        kept = io.BytesIO()
        model.save(kept)
        size = max(size, len(kept.getvalue()) / 1e6)
    plain_mark, own_mark = np.mean(marks, axis=0)
    won = sum(own > other for other, own in marks)
    rate = len(texts) / seconds
    return (
        f"| {name} | {len(texts):,} | {plain_mark:.3f} | {own_mark:.3f} | {won}/{len(marks)} "
        f"| {rate:,.0f} | {size:.1f} |"
    )


def main(names: list[str]) -> None:
    """Print the table, a line as soon as it is known."""
    print("| data | texts | plain | ours | folds won | texts/s | MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in names or list(SETS):
        print(measure(name), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
