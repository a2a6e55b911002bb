"""Draws a field of a Django form in the manner of docs/ui.md. Reads no tables."""

from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField

from tingsu.web import spoken

register = template.Library()


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField, *, label: str = "", hint: str = "", autofocus: bool = False, **more: object
) -> dict[str, Any]:
    """Label, help, control, error. Further keywords become attributes (``a_b`` is ``a-b``).

    Radio buttons become a strip of choices, files an upload list, a limited text a counter.
    """
    widget = bound.field.widget
    described = _described(bound, hint)
    attrs: dict[str, Any] = {key.replace("_", "-"): value for key, value in more.items()}
    attrs["class"] = _class(widget)
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if autofocus:
        attrs["autofocus"] = True
    if isinstance(widget, forms.Textarea):
        attrs.setdefault("rows", 4)
    limit = getattr(bound.field, "max_length", None)
    if limit:
        # The counter says what is too long; cutting a paste off would lose what was typed.
        attrs["data-limit"] = limit
        widget.attrs.pop("maxlength", None)
    return {
        "bound": bound,
        "kind": _kind(widget),
        "label": label or bound.label,
        "help": hint or bound.help_text,
        "control": bound.as_widget(attrs=attrs) if _kind(widget) in {"plain", "check"} else "",
        "described": described,
        "limit": limit if isinstance(widget, forms.Textarea) else None,
        "optional": not bound.field.required,
    }


def _described(bound: BoundField, hint: str) -> str:
    ids = []
    if hint or bound.help_text:
        ids.append(f"{bound.id_for_label or bound.auto_id}_helptext")
    if bound.errors:
        ids.append(f"{bound.id_for_label or bound.auto_id}_error")
    return " ".join(ids)


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect):
        return "segments"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checks"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "upload" if isinstance(widget, forms.FileInput) else "plain"


def _class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return ""
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


@register.inclusion_tag("components/upload.html")
def upload(
    name: str = "files", *, html_id: str = "id_files", compact: bool = False
) -> dict[str, Any]:
    """A field for files that says its limits before anything is sent."""
    return {
        "name": name,
        "id": html_id,
        "compact": compact,
        "limit": settings.FILE_LIMIT,
        "limit_words": spoken.size(settings.FILE_LIMIT),
        "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }
