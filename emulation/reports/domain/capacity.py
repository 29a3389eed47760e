"""The words above a signature: authority and office (Decree 30/2020, Annex I, part I, section II, item 7); pure."""

import re

from emulation.core.vietnamese import upper_first

UNKNOWN_HEAD = "Thủ trưởng đơn vị"
_DEPUTY = "phó "
_ACTING = ("quyền ", "q. ")
_ADDED = re.compile(
    r",|\s(?:phụ trách|thường trực|kiêm)\b", re.IGNORECASE
)  # what a deputy's title says beside the office


def lines(signs_as: str, title: str, head_title: str = "") -> tuple[str, ...]:
    """Return the lines of office as printed: ("KT. Giám đốc", "Phó Giám đốc"), ("Q. Giám đốc",), ("Giám đốc",).

    `signs_as` as in `blocs.enums.SignsAs`; a deputy in charge signs as any deputy does. `head_title`: what the head of
    the agency is called, when it is known; else it follows from the deputy's title.
    """
    if not title:
        return ()
    head = head_title or _head_of(title)
    if signs_as == "q":
        return (f"Q. {_without_acting(title)}",)
    if signs_as == "tuq":
        return (f"TUQ. {head}", title)
    if signs_as == "kt" or (signs_as == "in_charge" and _is_deputy(title)):
        return (f"KT. {head}", title)
    return (title,)


def _is_deputy(title: str) -> bool:
    return title.casefold().startswith(_DEPUTY)


def _head_of(title: str) -> str:
    """Return "Giám đốc" for "Phó Giám đốc phụ trách"; a title that names no deputy tells nothing of the head."""
    if not _is_deputy(title):
        return UNKNOWN_HEAD
    return upper_first(_ADDED.split(title[len(_DEPUTY) :], maxsplit=1)[0].strip())


def _without_acting(title: str) -> str:
    for start in _ACTING:
        if title.casefold().startswith(start):
            return upper_first(title[len(start) :].strip())
    return title
