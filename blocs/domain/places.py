"""What a list of places says about shared and missing ones, and what looks wrong in it; pure.

A place is never skipped silently, and nothing here ever blocks: the meeting decides, these are sentences for its clerk.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from emulation.core.vietnamese import count2, number


@dataclass(frozen=True)
class Placed:
    """What a standing says of one member. `place` and `points` are None where nothing is stated."""

    name: str
    place: int | None
    points: Decimal | None = None
    remark: str = ""
    is_ranked: bool = True
    has_left: bool = False


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


def gaps(places: Sequence[int]) -> tuple[int, ...]:
    """Return the places before the last one that nobody holds and no shared place explains.

    After two units at 3 both 4 (dense) and 5 (competition) are right: neither 1, 2, 3, 3, 4 nor 1, 2, 3, 3, 5 has one.
    """
    held = set(places)
    return tuple(
        n for n in range(1, max(held, default=0)) if n not in held and sum(1 for place in places if place < n) < n
    )


def warnings(members: Sequence[Placed]) -> tuple[str, ...]:
    """Say what looks wrong in the places of one group, or of a whole bloc that is ranked together."""
    missing = gaps([row.place for row in members if row.place is not None])
    said = [f"Không có hạng {', '.join(str(n) for n in missing)}."] if missing else []
    said += [
        f"{row.name} là đơn vị không xếp hạng nhưng có hạng {row.place}."
        for row in members
        if row.place is not None and not row.is_ranked
    ]
    said += [
        f"{row.name} chưa có hạng và chưa ghi chú lý do."
        for row in members
        if row.place is None and not row.remark and row.is_ranked and not row.has_left
    ]
    return (*said, *_contradictions(members))


def _contradictions(members: Sequence[Placed]) -> Iterator[str]:
    """Say where points and places go different ways; equal points at different places are a tie-break, so they do not.

    Within a place the highest points come first: then every contradiction shows between two neighbours.
    """
    known = [(row.place, row.points, row.name) for row in members if row.place is not None and row.points is not None]
    for above, below in pairwise(sorted(known, key=lambda row: (row[0], -row[1]))):
        (place, points, name), (next_place, next_points, next_name) = above, below
        if place < next_place and points < next_points:
            yield (
                f"{name} xếp hạng {place} với {number(points)} điểm, thấp hơn điểm của {next_name} ở hạng {next_place} "
                f"({number(next_points)} điểm)."
            )
        elif place == next_place and points != next_points:
            yield (
                f"{name} và {next_name} đồng hạng {place} nhưng điểm khác nhau "
                f"({number(points)} và {number(next_points)})."
            )
