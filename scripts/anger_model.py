"""Make src/tingsu/mind/anger.npz anew: how angry a text sounds, learned from the stories that were
written for the demo, which say it of themselves. Reads and writes files of the repository only.

Run as `python scripts/anger_model.py`; `--figures` measures it in five folds instead.
"""

import re
import sys
import tomllib
from pathlib import Path

import numpy as np

from tingsu.mind.category import Classifier
from tingsu.mind.reading import LEVELS
from tingsu.mind.training import fit

SOURCE = Path(__file__).parent.parent / "src" / "tingsu"
LARGEST = 120_000  # bytes of the weights
FOLDS = 5
_SLOT = re.compile(r"\{\w+\}")


def stories() -> tuple[list[str], list[int]]:
    """What the customers of the stories say, and their anger from 0 to 4."""
    texts, levels = [], []
    for path in sorted((SOURCE / "demo" / "stories").glob("*.toml")):
        for story in tomllib.loads(path.read_text(encoding="utf-8"))["story"]:
            for said in story["said"]:
                texts.append(_SLOT.sub("三", said))
                levels.append(story.get("anger") or 0)
    return texts, levels


def label(level: int) -> str:
    """The label of a level: too few stories stand at each end to tell five apart."""
    return "calm" if level <= 1 else "cross" if level == 2 else "angry"


def main() -> None:
    """Write the model."""
    texts, levels = stories()
    model = fit(texts, [label(level) for level in levels], largest=LARGEST)
    target = SOURCE / "mind" / "anger.npz"
    model.save(target)
    print(f"{len(texts)} texts, {target.stat().st_size / 1000:.0f} kB")


def figures() -> None:
    """Print how well held-back stories are told apart."""
    texts, levels = stories()
    labels = np.array([label(level) for level in levels])
    turn = np.random.default_rng(0).permutation(len(texts)) % FOLDS
    heat, right = np.zeros(len(texts)), 0
    for at in range(FOLDS):
        inside, outside = np.flatnonzero(turn != at), np.flatnonzero(turn == at)
        model = Classifier.fit([texts[i] for i in inside], [labels[i] for i in inside])
        shares = model.predict_proba([texts[i] for i in outside])
        heat[outside] = shares @ np.array([LEVELS[name] for name in model.labels])
        right += int((np.array(model.labels)[shares.argmax(axis=1)] == labels[outside]).sum())
    near = np.mean(np.abs(np.round(heat) - levels) <= 1)
    print(f"{right / len(texts):.2f} of three right, {near:.2f} within one of five levels")
    print(f"correlation {np.corrcoef(heat, levels)[0, 1]:.2f}")


if __name__ == "__main__":
    figures() if "--figures" in sys.argv else main()
