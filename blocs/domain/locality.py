"""Which province a bloc or an agency is of, as papers and lists say it; pure.

A locality is "" for this installation's province, the words of the source for another, or "không nêu" when the source
does not say: then nothing is printed in its place.
"""

import re

from blocs.enums import UNSTATED_LOCALITY

_UNIT = re.compile(r"^(tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)


def is_stated(locality: str) -> bool:
    """Whether the source says which province it is."""
    return locality.casefold() != UNSTATED_LOCALITY


def shown(locality: str) -> str:
    """Return how screens say it: "" for this province, the words of the source, or that the source does not say."""
    return locality if not locality or is_stated(locality) else "nguồn không nêu địa phương"


def authority(locality: str, own: str) -> str | None:
    """Return the line above the bloc's name: "UBND tỉnh Kon Tum"; `own` for this province; None when unstated."""
    if not locality:
        return own
    if not is_stated(locality):
        return None
    return f"UBND {locality}" if _UNIT.match(locality) else f"UBND tỉnh {locality}"


def place(locality: str, own: str) -> str | None:
    """Return the place papers are dated from: "Kon Tum"; `own` for this province; None when unstated."""
    if not locality:
        return own
    return _UNIT.sub("", locality) if is_stated(locality) else None
