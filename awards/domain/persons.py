"""Which known person a name means, within one agency; pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Namesake:
    """A known person of the same folded name in the same agency."""

    id: int
    birth_year: int | None


@dataclass(frozen=True)
class Who:
    """The person meant (`id`), nobody known (`id` None, no candidates), or a doubt: candidates to choose from."""

    id: int | None = None
    candidates: tuple[int, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether nobody known is meant."""
        return self.id is None and not self.candidates


def who(birth_year: int | None, namesakes: Sequence[Namesake]) -> Who:
    """Return who is meant: the only namesake, the only one born that year, else a doubt, else somebody new."""
    fitting = [row for row in namesakes if birth_year is None or row.birth_year == birth_year]
    if len(fitting) == 1:
        return Who(fitting[0].id)
    if not fitting:  # whose year of birth is not known may still be the one
        fitting = [row for row in namesakes if row.birth_year is None]
    return Who(None, tuple(row.id for row in fitting))
