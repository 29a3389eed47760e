"""The rules of templates and static files, as tests."""

import gettext
import gzip
import json
import re
from pathlib import Path

import allauth
import django
import django_filters
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string
from django.utils.translation.trans_real import DjangoTranslation

from emulation.core.icons import cut, symbols, used_icons

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
# Papers are printed, not served as pages: their sheets of style are their own.
PAGES = [path for path in TEMPLATES if not {"documents", "email"} & set(path.relative_to(ROOT / "templates").parts)]
VENDOR = ROOT / "static" / "vendor"


def named(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda path: str(path.relative_to(ROOT / "templates")))


@named(COMPONENTS)
def test_component_says_its_arguments_first_and_is_short(path):
    lines = path.read_text().splitlines()
    head = "\n".join(line for line in lines[:3] if line.startswith("{#"))
    assert lines[0].startswith("{# ")
    assert re.search(r"Arguments|reads the shell", head), "the first comment lists the arguments"
    assert len(lines) <= 40


@named(PAGES)
def test_page_has_no_inline_script_style_or_handler(path):
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(), flags=re.DOTALL)
    scripts = re.findall(r"<script\b([^>]*)>(.*?)</script>", text, flags=re.DOTALL)
    # Without a source only data may stand in a script: the policy does not run it.
    assert [body for attrs, body in scripts if "src=" not in attrs and "application/json" not in attrs] == []
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=\"|href=\"javascript:|\shx-on|hx-vals='js:", text) == []


@named(PAGES)
def test_page_loads_nothing_from_another_host(path):
    assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", path.read_text()) == []


@named(TEMPLATES)
def test_template_compiles(path):
    get_template(str(path.relative_to(ROOT / "templates")))


def test_every_icon_named_is_in_the_sprite_and_no_other():
    assert set(symbols((VENDOR / "icons.svg").read_text())) == used_icons(ROOT)


def test_sprite_is_cut_to_the_icons_named():
    whole = '<svg><symbol class="bi" id="a"><path d="M0"/></symbol><symbol id="b-c"><path d="M1"/></symbol></svg>'
    assert symbols(cut(whole, {"b-c"})) == {"b-c": '<path d="M1"/>'}
    with pytest.raises(KeyError):
        cut(whole, {"absent"})


def test_vendored_files_have_their_licences_and_no_map():
    packages = json.loads((VENDOR / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in packages.values())
    for package in packages:
        assert (VENDOR / f"LICENSE-{package.rpartition('/')[2]}").read_text()
    assert "sourceMappingURL" not in (VENDOR / "bootstrap.min.css").read_text()


def test_stylesheet_and_script_stay_within_their_size():
    assert len((ROOT / "static/css/app.css").read_text().splitlines()) <= 400
    assert len((ROOT / "static/js/app.js").read_text().splitlines()) <= 150


def test_every_file_the_stylesheet_names_exists():
    css = ROOT / "static/css/app.css"
    missing = [
        url for url in re.findall(r"url\(([^)]+)\)", css.read_text()) if not (css.parent / url).resolve().exists()
    ]
    assert missing == []


LOCALE = ROOT / "emulation/locale/vi/LC_MESSAGES"


def entries(path):
    """Return what a catalogue of strings holds: (key of the string, where it is used)."""
    found = []
    for block in path.read_text().split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        used = " ".join(line[3:] for line in lines if line.startswith("#: "))
        parts, key = {}, ""
        for line in lines:
            match = re.fullmatch(r'(?:(\w+)(?:\[\d\])? )?"(.*)"', line)
            if match:
                key = match[1] or key
                parts[key] = parts.get(key, "") + match[2]
        text = "\x04".join(filter(None, (parts.get("msgctxt"), parts.get("msgid"))))
        text = text.replace('\\"', '"').replace("\\n", "\n")
        if text:
            # Vietnamese has one form for every number.
            found.append(((text, 0) if "msgid_plural" in parts else text, used))
    return found


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_library_strings_are_compiled_as_they_are_written(domain):
    with (LOCALE / f"{domain}.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog
    assert {key for key, _ in entries(LOCALE / f"{domain}.po")} == set(catalogue) - {""}


DJANGO, ALLAUTH, FILTERS = (Path(module.__file__).parent for module in (django, allauth, django_filters))
SAME = {"IPv4", "IPv6"} | {f"%s {unit}B" for unit in "KMGTP"}


@pytest.mark.parametrize(
    ("domain", "path", "unseen"),
    [
        ("django", DJANGO / "conf/locale/en", "global_settings|default_urlconf"),  # languages; an empty installation
        ("django", DJANGO / "contrib/admin/locale/en", "^$"),
        ("djangojs", DJANGO / "contrib/admin/locale/en", "^$"),
        ("django", DJANGO / "contrib/auth/locale/en", "^$"),
        # The pages that are routed have templates of our own.
        ("django", ALLAUTH / "locale/de", "^(templates|headless|idp|socialaccount|usersessions)/"),
        # Lookups are never shown.
        ("django", FILTERS / "locale/de", "^(conf|rest_framework/|templates/)"),
    ],
    ids=lambda value: "-".join(value.parts[-4:-2]) if isinstance(value, Path) else value,
)
def test_every_string_of_a_library_has_its_vietnamese(domain, path, unseen):
    known = DjangoTranslation("vi", domain=domain)._catalog
    missing = []
    for key, used in entries(path / f"LC_MESSAGES/{domain}.po"):
        text = (key[0] if isinstance(key, tuple) else key).rpartition("\x04")[2]
        has_words = re.search(r"[a-zA-Z]{2}", re.sub(r"%\(\w+\)[a-z]|\{\w*\}", "", text)) and text not in SAME
        is_seen = not all(re.search(unseen, place) for place in used.split())
        if has_words and is_seen and not known.get(key):
            missing.append(key)
    assert missing == []


@pytest.mark.django_db
def test_refusal_under_htmx_is_one_line_and_else_a_page(rf):
    request = rf.get("/")
    request.htmx = True
    line = render_to_string("409.html", {"sentence": "Báo cáo đang được lập."}, request)
    assert "Báo cáo đang được lập." in line
    assert "<html" not in line
    request.htmx = False
    page = render_to_string("409.html", {"sentence": "Báo cáo đang được lập."}, request)
    assert "<h1>Chưa làm được việc này</h1>" in page


def test_notice_shows_text_of_people_as_text():
    assert "&lt;b&gt;" in render_to_string("components/notice.html", {"text": "<b>"})


def test_confirm_is_a_dialog_with_an_id_and_a_section_without():
    arguments = {
        "title": "Bạn có chắc chắn muốn dừng?",
        "texts": ["Việc lập sẽ dừng."],
        "label": "Dừng",
        "action": "/x/",
        "back": "/",
    }
    dialog = render_to_string("components/confirm.html", {**arguments, "id": "stop"})
    assert '<dialog class="confirm" id="stop" aria-labelledby="stop-title">' in dialog
    assert '<h2 id="stop-title">Bạn có chắc chắn muốn dừng?</h2>' in dialog
    section = render_to_string("components/confirm.html", arguments)
    assert '<section class="confirm" aria-labelledby="page-title">' in section


def test_stale_form_shows_both_texts():
    both = [("Số, ký hiệu", "12/BC-KTĐ", "15/BC-KTĐ"), ("Ghi chú", "", "Đã gửi")]
    html = render_to_string("components/stale.html", {"stale": "Người khác vừa lưu.", "both": both})
    assert re.findall(r"<td>(.*?)</td>", html) == ["12/BC-KTĐ", "15/BC-KTĐ", "–", "Đã gửi"]
    assert render_to_string("components/stale.html", {}).strip() == ""


def test_first_visit_of_a_list_weighs_at_most_150_kb():
    static = ROOT / "static"
    texts = [static / name for name in ("vendor/bootstrap.min.css", "css/app.css", "js/app.js", "vendor/icons.svg")]
    texts.append(Path(finders.find("django_htmx/htmx-2.min.js")))
    packed = sum(len(gzip.compress(path.read_bytes())) for path in texts)
    fonts = sum(path.stat().st_size for path in (static / "vendor/fonts").glob("*.woff2"))
    page = 12_000  # a list of 50 rows, packed
    assert packed + fonts + page <= 150_000
