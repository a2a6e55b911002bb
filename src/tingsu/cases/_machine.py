"""What a language model wrote keeps its mark when it becomes part of the case (PL-8). Reads drafts
of the case alone."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases.models import Case, MachineText
from tingsu.core.text import plain, runs

RUN = 6  # characters that two texts share by more than chance
MOSTLY = 0.4  # of a letter, from which it counts as drafted by a machine


def signed(case: Case, said: str) -> tuple[str, dict[str, str]]:
    """A letter with a line that says a machine drafted it, where it mostly did; and what the entry
    tells of it. Copied by hand or by button, changed here and there: it is the text that counts."""
    drafts = MachineText.objects.filter(case=case, kind="draft", state="done")
    for row in drafts.exclude(text_sealed=None).order_by("-asked_at")[:5]:
        if shared(said, row.text) >= MOSTLY:
            with override(case.language):
                line = _("（本文由语言模型起草，经工作人员核对。）")
            return (said if line in said else f"{said}\n\n{line}"), {"machine": "draft"}
    return said, {}


def noted(kind: str, text: str) -> str:
    """A text of a machine as a note: what it is stands in it, wherever it is read."""
    line = _("【机器转写，可能有错】") if kind == "transcript" else _("【机器概括，可能有错】")
    return f"{line}\n{text}"


def shared(text: str, other: str) -> float:
    """How much of the text stands in the other: 0 to 1."""
    own = _pieces(text)
    return len(own & _pieces(other)) / len(own) if own else 0.0


def _pieces(text: str) -> set[str]:
    line = "".join(runs(plain(text)))
    return {line[at : at + RUN] for at in range(len(line) - RUN + 1)}
