"""The golden pages: how papers looked when a person last looked at every page.

`python -m tests.documents.golden` draws them anew, after a deliberate change. Look at each one before committing.
"""

from pathlib import Path

from PIL import Image, ImageChops

FOLDER = Path(__file__).parent / "golden"
NAMES = ("seed-0", "seed-1", "seed-2", "seed-3", "seed-4", "stress", "letters")
PAPERS = ("covenant", "covenant-large", "covenant-bare", "covenant-long", "standing", "standing-groups", "handover",
          "plan", "rules")  # fmt: skip
DARK = 64  # a pixel differs when its grey does by more than a quarter of the scale
TOLERANCE = 400  # such pixels a page, of 348,000: less than one shifted line


def pages(name: str) -> list[Image.Image]:
    """The golden pages of a paper, in order."""
    return [Image.open(path) for path in sorted(FOLDER.glob(f"{name}-[0-9][0-9].png"))]


def differing_pixels(page: Image.Image, golden: Image.Image) -> int:
    """How many pixels differ visibly; all of them when the sizes do."""
    if page.size != golden.size:
        return page.width * page.height
    return sum(ImageChops.difference(page, golden.convert("L")).histogram()[DARK + 1 :])


def renew() -> None:
    """Draw every golden page anew."""
    # The renderers read Django's settings, which the environment of the tests must have prepared.
    from tests import environment  # noqa: PLC0415

    environment.prepare()
    import django  # noqa: PLC0415

    django.setup()
    from tests.documents import reading  # noqa: PLC0415

    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.png"):
        path.unlink()
    drawn = {name: reading.sample_pdf(name) for name in NAMES} | {name: reading.paper_pdf(name) for name in PAPERS}
    for name, content in drawn.items():
        for number, page in enumerate(reading.pictures(content), start=1):
            page.quantize(16).save(FOLDER / f"{name}-{number:02d}.png", optimize=True)


if __name__ == "__main__":
    renew()
