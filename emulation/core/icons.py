"""Which icons the house uses, and the sprite cut down to them. Pure."""

import re
from collections.abc import Iterable
from pathlib import Path

# Icons are always named literally: {% icon "house" %}, icon="house" in an include or a call, "icon": "house" in a dict.
_NAMED = re.compile(r"""(?:\bicon\s+|\bicon=|["']icon["']:\s*)["']([a-z0-9-]+)["']""")
_TABLE = re.compile(r"^(?:LOOK|NOTICE)_ICONS = \{(.*?)^\}", re.DOTALL | re.MULTILINE)
_SYMBOL = re.compile(r'<symbol [^>]*?id="([a-z0-9-]+)"[^>]*>(.*?)</symbol>', re.DOTALL)
FOLDERS = ("templates", "emulation", "blocs", "awards")


def used_icons(root: Path) -> frozenset[str]:
    """Return every icon that templates and code of the project name."""
    names: set[str] = set()
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".html", ".py"} and path.name != Path(__file__).name:
                names |= _named_in(path.read_text())
    return frozenset(names)


def _named_in(text: str) -> set[str]:
    tables = "".join(_TABLE.findall(text))
    return set(_NAMED.findall(text)) | set(re.findall(r': "([a-z0-9-]+)"', tables))


def symbols(sprite: str) -> dict[str, str]:
    """Return the drawing of each symbol of a sprite by its name."""
    return dict(_SYMBOL.findall(sprite))


def cut(sprite: str, names: Iterable[str]) -> str:
    """Return a sprite with only these symbols, in the order of their names; raises KeyError when one does not exist."""
    drawings = symbols(sprite)
    lines = [f'<symbol id="{name}" viewBox="0 0 16 16">{drawings[name]}</symbol>' for name in sorted(names)]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *lines, "</svg>", ""])
