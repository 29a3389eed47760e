"""What an import writes, kept with it so that it can be undone."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from blocs.models import BlocYear
from emulation.desk.domain.matching import Found
from emulation.desk.domain.verdicts import RowVerdict, Verdict
from emulation.desk.domain.written import joined, packed, unpacked, writes
from emulation.desk.models import ImportBatch
from emulation.desk.queries.written import Around, stand
from emulation.desk.services.rows import RowWriter


class Account:
    """Looks at the rows an import may write before it does, and keeps with the batch what it has written."""

    def __init__(
        self,
        batch: ImportBatch,
        rows: Iterable[RowVerdict],
        *,
        year: tuple[str, str],
        bloc_year_id: int | None,
        bloc_id: int | None,
    ) -> None:
        rows = [row for row in rows if row.verdict in {Verdict.NEW, Verdict.CHANGED}]
        agencies = frozenset(pk for row in rows for pk in _ids(row.found))
        self.batch = batch
        self.around = Around(batch, bloc_year_id, bloc_id, year, agencies, frozenset(_papers(rows)))
        self.before = stand(self.around)

    def close(self, bloc_year: BlocYear, writer: RowWriter) -> None:
        """Add to the batch what was written since; the caller saves it, last in its act."""
        agencies = frozenset(agency.pk for agency in writer.agencies.values())
        after = stand(replace(self.around, bloc_year_id=bloc_year.pk, bloc_id=bloc_year.bloc_id, agency_ids=agencies))
        self.batch.written = packed(joined(unpacked(self.batch.written), writes(self.before, after)))


def _ids(found: Found | None) -> Iterator[int]:
    while found:
        if found.id:
            yield found.id
        found = found.parent


def _papers(rows: Iterable[RowVerdict]) -> Iterator[tuple[str, dt.date, str]]:
    for row in rows:
        if row.values.get("paper_date"):
            yield row.values["paper_number"], row.values["paper_date"], row.values["paper_issuer"]
