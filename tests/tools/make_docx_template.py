"""Make templates/docx/*.docx: the Word files papers are filled into, as an office would have typed them.

Run it after a change here: `python -m tests.tools.make_docx_template`. The files are committed; a test compares both.
"""

from collections.abc import Callable
from pathlib import Path

from docx.document import Document as WordDocument

from tests.tools import docx_awards, docx_papers, docx_year_report

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "docx"
TEMPLATES: dict[str, Callable[[], WordDocument]] = {
    "year_report": docx_year_report.build,
    "covenant": docx_papers.covenant,
    "standing": docx_papers.standing,
    "handover": docx_papers.handover,
    "regulation": docx_papers.regulation,
    "proposal": docx_awards.proposal,
    "nominee_list": docx_awards.nominee_list,
    "minutes_extract": docx_awards.minutes_extract,
    "appraisal": docx_awards.appraisal,
    "decision": docx_awards.decision,
    "achievement": docx_papers.achievement,
}


def main() -> None:
    """Write the templates."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, build in TEMPLATES.items():
        build().save(str(FOLDER / f"{name}.docx"))
        print(f"Wrote {name}.docx")


if __name__ == "__main__":
    main()
