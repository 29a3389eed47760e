"""Copy the pinned front-end files out of installed npm packages into static/vendor."""

import json
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from emulation.core.icons import cut, used_icons

FONTS = [
    f"be-vietnam-pro-{script}-{weight}-normal.woff2" for script in ("latin", "vietnamese") for weight in (400, 600)
]


class Command(BaseCommand):
    """`vendor_static <node_modules>`: an authoring tool; the copied files are committed, so nobody needs npm to run."""

    requires_system_checks = []
    help = "Copies Bootstrap's CSS, the icons in use and the fonts out of a node_modules folder into static/vendor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder npm installed into."""
        parser.add_argument("node_modules", type=Path)

    def handle(self, *_args: Any, node_modules: Path, **_options: Any) -> None:
        """Check the versions, then copy; a package of another version is refused."""
        vendor = settings.BASE_DIR / "static" / "vendor"
        for package, pinned in json.loads((vendor / "package.json").read_text())["dependencies"].items():
            found = json.loads((node_modules / package / "package.json").read_text())["version"]
            if found != pinned:
                raise CommandError(f"{package} is {found}; package.json pins {pinned}")
        css = (node_modules / "bootstrap/dist/css/bootstrap.min.css").read_text()
        # The manifest storage would look for the map that is not shipped.
        (vendor / "bootstrap.min.css").write_text(re.sub(r"\n?/\*# sourceMappingURL=.*?\*/\n?", "\n", css))
        sprite = (node_modules / "bootstrap-icons/bootstrap-icons.svg").read_text()
        (vendor / "icons.svg").write_text(cut(sprite, used_icons(settings.BASE_DIR)))
        fonts = node_modules / "@fontsource/be-vietnam-pro/files"
        for font in FONTS:
            (vendor / "fonts" / font).write_bytes((fonts / font).read_bytes())
        for package in ("bootstrap", "bootstrap-icons", "@fontsource/be-vietnam-pro"):
            licence = (node_modules / package / "LICENSE").read_text()
            (vendor / f"LICENSE-{package.rpartition('/')[2]}").write_text(licence)
