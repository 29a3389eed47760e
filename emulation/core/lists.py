"""Lists that can also be taken as an Excel file: the same rows on the screen and in the file."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from emulation.core import exports
from emulation.core.views import ListPage


class ExportPage(ListPage):
    """A list that can also be taken as an Excel file: the same permission, rows and filters, not cut into pages."""

    columns: ClassVar[Sequence[exports.Column]]
    export_title: ClassVar[str]

    def line(self, row: Any) -> Sequence[exports.Cell]:
        """Return the cells of one row, without STT."""
        raise NotImplementedError

    def lines(self, rows: Any) -> Any:
        """Return what `line` is asked for: the rows, or what is laid around them."""
        return rows

    def export(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Answer with the filtered list as an Excel file."""
        self.require()
        filterset = self.filterset_class(request.GET, queryset=self.rows(), request=request)
        return exports.as_response(
            title=self.export_title,
            note=f"Bộ lọc: {_said(filterset)}",
            columns=self.columns,
            rows=[self.line(line) for line in self.lines(filterset.qs)],
        )


def _said(filterset: Any) -> str:
    """Say the filters in words: "Năm thi đua: 2026; Trạng thái: Tất cả"."""
    said = []
    for field in filterset.form:
        value = field.value() or ""
        choices = dict(getattr(field.field, "choices", []))
        said.append(f"{field.label}: {choices.get(value, value) or 'Tất cả'}")
    return "; ".join(said)
