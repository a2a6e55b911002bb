"""The classifier: what it learns, what it keeps, what it never does. Figures are measured by
benchmarks/category.py; here only what a change must not break."""

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC

from tingsu.mind import training
from tingsu.mind.category import Classifier
from tingsu.mind.coldstart import from_examples

TOLD = {
    "lift": ["电梯又停了", "被关在电梯里", "电梯一周停四次", "3 号楼的电梯坏了", "电梯门关不上"],
    "water": ["停水没有通知", "水是黄的", "自来水压太小", "昨天又停水了", "水管里没有水"],
    "manner": ["客服态度很差", "保安骂人", "前台爱理不理", "打电话态度恶劣", "说话很冲"],
}


def _pairs() -> tuple[list[str], list[str]]:
    pairs = [(text, label) for label, texts in TOLD.items() for text in texts]
    return [text for text, _label in pairs], [label for _text, label in pairs]


@pytest.fixture(scope="module")
def model() -> Classifier:
    return Classifier.fit(*_pairs())


@pytest.mark.parametrize(
    ("text", "label"),
    [("我们楼的电梯停了三天", "lift"), ("今天停水", "water"), ("那个保安态度太差", "manner")],
)
def test_new_words_find_their_label(model: Classifier, text: str, label: str) -> None:
    assert model.predict([text]) == [label]


def test_shares_of_a_text_sum_to_one(model: Classifier) -> None:
    shares = model.predict_proba(["电梯停水态度", "", "电梯"])
    assert shares.shape == (3, 3)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)


def test_traditional_and_full_width_are_the_same_words(model: Classifier) -> None:
    plain, other = model.predict_proba(["电梯又停了 3 次", "電梯又停了　３ 次"])
    assert np.allclose(plain, other)


def test_one_text_alone_scores_as_among_many(model: Classifier) -> None:
    texts = [text for text, _label in zip(*_pairs(), strict=True)] * 50
    together = model.predict_proba(texts)
    alone = model.predict_proba(texts[7:8])
    assert np.allclose(together[7], alone[0], atol=1e-6)


def test_the_same_cases_give_the_same_model(model: Classifier) -> None:
    again = Classifier.fit(*_pairs())
    assert np.array_equal(again.weights, model.weights)
    assert again.sure == model.sure


def test_kept_and_read_again(model: Classifier) -> None:
    kept = io.BytesIO()
    model.save(kept)
    kept.seek(0)
    again = Classifier.load(kept)
    assert again.labels == model.labels
    assert np.array_equal(again.predict_proba(["水很黄"]), model.predict_proba(["水很黄"]))


def test_another_file_is_refused() -> None:
    strange = io.BytesIO()
    np.savez(strange, format=99)
    strange.seek(0)
    with pytest.raises(ValueError, match="not a classifier"):
        Classifier.load(strange)


def test_nothing_known_is_no_guess(model: Classifier) -> None:
    assert model.guesses("") == []
    assert model.guesses("zzz") == []


def test_three_guesses_best_first() -> None:
    found = from_examples({label: texts[:2] for label, texts in TOLD.items()}).guesses("电梯停了")
    assert found[0].label == "lift"
    assert [g.confidence for g in found] == sorted((g.confidence for g in found), reverse=True)
    assert len(found) == 3


def test_on_the_first_day_unrelated_words_are_no_guess() -> None:
    model = from_examples({str(n): [f"例{chr(0x4E00 + n)}"] for n in range(30)})
    assert model.guesses("今天天气很好") == []


def test_one_label_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="two different labels"):
        Classifier.fit(["电梯", "停水"], ["a", "a"])


def test_a_model_has_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "LARGEST", 2_800)
    small = Classifier.fit(*_pairs())
    assert len(small.buckets) == 200
    assert small.predict(["电梯又停了"]) == ["lift"]


def test_learning_libraries_stay_out_of_the_web(root: Path) -> None:
    """They cost 130 MB and a second and a half in every process."""
    program = (
        "import django, sys; django.setup(); import tingsu.web.urls, tingsu.mind.category;"
        "sys.exit(' '.join({'sklearn', 'scipy'} & set(sys.modules)) or 0)"
    )
    environment = {
        "PYTHONPATH": f"{root / 'src'}:{root / 'tests'}",
        "DJANGO_SETTINGS_MODULE": "settings_for_tests",
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_better_than_a_plain_classifier_on_real_complaints(shared: Path) -> None:
    """392 real messages in halves: above character n-grams and a linear classifier."""
    path = shared / "data" / "tipdm_annex2_labelled_raw.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [f"{row['title']}\n{row['body']}" for row in rows]
    labels = [row["label"] for row in rows]
    words = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    plain = LinearSVC(random_state=0).fit(words.fit_transform(texts[::2]), labels[::2])
    ours = Classifier.fit(texts[::2], labels[::2])
    marks = [
        f1_score(labels[1::2], predicted, average="macro")
        for predicted in (ours.predict(texts[1::2]), plain.predict(words.transform(texts[1::2])))
    ]
    assert marks[0] > marks[1] + 0.02
