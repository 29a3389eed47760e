"""What a list of stated places says about shared and missing ones; pure. A place is never skipped silently."""

from collections import Counter
from collections.abc import Sequence

from emulation.core.vietnamese import count2


def shared(places: Sequence[int]) -> frozenset[int]:
    """Return the places that more than one agency holds."""
    return frozenset(place for place, holders in Counter(places).items() if holders > 1)


def sentences(places: Sequence[int]) -> tuple[str, ...]:
    """Say for each shared place how many hold it, and which following places nobody holds because of that.

    A following place is only called missing when a later one is stated: a source that stops after place 3 says nothing
    about place 4.
    """
    held = Counter(places)
    said = []
    for place in sorted(shared(places)):
        gaps = [n for n in range(place + 1, place + held[place]) if n not in held and n < max(held)]
        without = f", không có hạng {', '.join(str(n) for n in gaps)}" if gaps else ""
        said.append(f"{count2(held[place])} đơn vị đồng hạng {place}{without}.")
    return tuple(said)
