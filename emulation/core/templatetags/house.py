"""What templates may ask of the house: dates, numbers, icons, looks of states, buttons of steps. No decisions."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from emulation.core import clock, vietnamese
from emulation.core.workflow import Step

register = template.Library()

MISSING = "–"
# The five looks of a state and the icon that says the same without colour.
LOOK_ICONS = {
    "": "circle",
    "ok": "check-circle-fill",
    "run": "play-circle",
    "soon": "clock",
    "bad": "exclamation-octagon-fill",
    "gold": "flag",
}
# What rows call their states → how it looks. A state that is not named here is neutral.
LOOKS = {
    "ready": "ok",
    "done": "ok",
    "active": "ok",
    "confirmed": "ok",
    "granted": "ok",
    "running": "run",
    "open": "run",
    "started": "run",
    "queued": "soon",
    "soon": "soon",
    "stale": "soon",
    "parked": "soon",
    "failed": "bad",
    "late": "bad",
    "leader": "gold",
    "deputy": "gold",
}
NOTICE_ICONS = {
    "": "info-circle",
    "ok": "check-circle-fill",
    "soon": "clock",
    "bad": "exclamation-octagon-fill",
    "lock": "lock",
}
STEP = 1024


def _is_missing(value: Any) -> bool:
    return value is None or value == ""


@register.filter
def vi_date(value: dt.date | dt.datetime | None) -> str:
    """Return dd/mm/yyyy, a moment in local time; "–" when there is none."""
    if isinstance(value, dt.datetime):
        value = clock.local(value).date()
    return vietnamese.date_short(value or None)


@register.filter
def vi_datetime(value: dt.datetime | None) -> str:
    """Return "14:02, 22/11/2026" in local time; "–" when there is none."""
    return f"{clock.local(value):%H:%M, %d/%m/%Y}" if value else MISSING


@register.filter
def number(value: Decimal | int | None, places: int | None = None) -> str:
    """Return a number with a decimal comma; "–" when unknown (never 0 for missing)."""
    return MISSING if _is_missing(value) else vietnamese.number(value, places)


@register.filter
def count2(value: int | None) -> str:
    """Return a count as papers write it: 3 → "03"; "–" when unknown."""
    return MISSING if _is_missing(value) else vietnamese.count2(value)


@register.filter
def roman(value: int) -> str:
    """Return the Roman number of a group row: 2 → "II"."""
    return vietnamese.roman(value)


@register.filter
def or_missing(value: Any) -> Any:
    """Return the value, or "–" for what is not known. Zero is known."""
    return MISSING if _is_missing(value) else value


@register.filter
def file_size(size: int | None) -> str:
    """Return bytes as people say them: 812 → "812 byte", 1468006 → "1,4 MB"; "–" when unknown."""
    if size is None:
        return MISSING
    if size < STEP:
        return f"{size} byte"
    if size < STEP * STEP:
        return f"{vietnamese.number(Decimal(size) / STEP, 0)} kB"
    return f"{vietnamese.number(Decimal(size) / (STEP * STEP), 1)} MB"


@register.filter
def look(state: str | None) -> str:
    """Return the look of a state: "ok", "run", "soon", "bad", "gold" or "" (neutral). A look stays itself."""
    text = str(state or "")
    return text if text in LOOK_ICONS else LOOKS.get(text, "")


@register.filter
def look_icon(state: str | None) -> str:
    """Return the icon that says the same as the colour of that state."""
    return LOOK_ICONS[look(state)]


@register.filter
def notice_icon(kind: str | None) -> str:
    """Return the icon of a notice."""
    return NOTICE_ICONS.get(str(kind or ""), NOTICE_ICONS[""])


@register.filter
def tel(phone: str | None) -> str:
    """Return the digits of a phone number for a tel: link."""
    return "".join(char for char in str(phone or "") if char.isdigit() or char == "+")


@register.filter
def wrong_fields(form: BaseForm) -> list[BoundField]:
    """Return the fields that have errors, in the order of the form."""
    return [field for field in form if field.errors]


@register.filter
def wrong_count(form: BaseForm) -> int:
    """Return how many places of a form want correcting: fields with errors, and sentences about the whole."""
    return len(wrong_fields(form)) + len(form.non_field_errors())


@register.filter
def styled(field: BoundField) -> SafeString:
    """Return the widget of a field in our look: select, check box, text or file; marked when it is wrong."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "text")
    css = {"select": "form-select", "checkbox": "form-check-input"}.get(kind, "form-control")
    attrs: dict[str, str | bool] = {"class": f"{css} is-invalid" if field.errors else css}
    # The login library repeats the label as a placeholder, where it reads as if something were typed.
    if widget.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = ""
    return field.as_widget(attrs=attrs)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return an icon of the sprite, hidden from screen readers: the word beside it speaks."""
    classes = f"icon {css}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("vendor/icons.svg"), name
    )


@register.inclusion_tag("components/step_buttons.html")
def step_buttons(
    steps: Iterable[Step], url_name: str, pk: int, hidden: str = "", *, leads: bool = True
) -> dict[str, Any]:
    """Show a button per step the person may take now. Each links to the page that asks.

    The URL takes `pk` and `action`. `hidden` is read after the label by screen readers ("Báo cáo tổng kết"). `leads`:
    whether the first is the primary button of the page.
    """
    buttons = [(step, reverse(url_name, kwargs={"pk": pk, "action": step.action})) for step in steps]
    return {"buttons": buttons, "hidden": hidden, "leads": leads}
