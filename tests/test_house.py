"""The rules of the house that no tool checks: settings, dependencies, tasks, and what may stand in the repository."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata

import pytest
from django.conf import settings

from emulation.celery import app
from emulation.core import registry
from tests import environment
from tests.environment import ROOT

CODE = ("awards", "blocs", "emulation")
OWN = {*CODE, "tests", "manage"}
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKED = re.compile(r"([a-z0-9][a-z0-9.-]*)==([^\s;]+)")


def sources(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def calls(path, *names) -> Iterator[ast.Call]:
    """Every call in a file of a function or method with one of these names."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in names:
                yield node


def text_of(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def plain(name):
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


# --- Settings ---------------------------------------------------------------------------------------------------------


def test_example_of_settings_names_exactly_those_that_are_read():
    tree = ast.parse((ROOT / "emulation/settings.py").read_text())
    read = {
        text_of(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
    }
    assert environment.setting_names() == read


def test_production_names_all_missing_settings_at_once(tmp_path):
    clean = {"PATH": "/usr/bin:/bin", "MODE": "production", "DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    refused = subprocess.run(
        [sys.executable, "-c", "import emulation.settings"], env=clean, capture_output=True, text=True, check=False
    )
    assert refused.returncode != 0
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BROKER_URL"):
        assert name in refused.stderr


def test_only_settings_read_the_environment():
    readers = {
        str(path.relative_to(ROOT))
        for path in sources(*CODE)
        if re.search(r"os\.environ\b(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|os\.getenv", path.read_text())
    }
    assert readers == set()


# --- Dependencies -----------------------------------------------------------------------------------------------------


def locked(name):
    """Name and version of every package of a lock file."""
    return dict(LOCKED.match(line).groups() for line in (ROOT / name).read_text().splitlines() if LOCKED.match(line))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_holds_names_versions_and_hashes_only(lock):
    strange = [
        line
        for line in (ROOT / lock).read_text().splitlines()
        if not re.fullmatch(r"[a-z0-9.-]+==\S+( ; [^\\:/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line)
    ]
    assert strange == []


def test_lock_of_tests_holds_the_lock_of_the_app():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def pins(requirements):
    """Name and version of pinned requirements, extras left out."""
    return {
        plain(name): version for name, version in (re.sub(r"\[.*?\]", "", line).split("==") for line in requirements)
    }


def test_direct_dependencies_are_pinned_as_locked():
    direct = pins(PYPROJECT["project"]["dependencies"])
    dev = pins(PYPROJECT["dependency-groups"]["dev"])
    assert direct.items() <= locked("requirements.lock").items()
    assert dev.items() <= locked("requirements-dev.lock").items()


def imported(*folders):
    """Top-level names of every module imported in these folders."""
    for path in sources(*folders):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize(("folders", "groups"), [(CODE, ["app"]), (("tests",), ["app", "dev"])])
def test_everything_imported_is_a_direct_dependency(folders, groups):
    declared = set(pins(PYPROJECT["project"]["dependencies"]))
    if "dev" in groups:
        declared |= set(pins(PYPROJECT["dependency-groups"]["dev"]))
    owners = metadata.packages_distributions()
    foreign = set(imported(*folders)) - OWN - set(sys.stdlib_module_names) - {"__future__"}
    undeclared = {name for name in foreign if not declared & {plain(owner) for owner in owners.get(name, [])}}
    assert undeclared == set()


@pytest.mark.once
def test_web_process_does_not_load_what_only_the_worker_needs(process_environment):
    loaded = "import sys, emulation.wsgi, emulation.urls; print({'weasyprint', 'docxtpl'} & set(sys.modules))"
    web = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, env=process_environment(), capture_output=True, text=True, check=True
    )
    assert web.stdout.strip() == "set()"


# --- Tasks ------------------------------------------------------------------------------------------------------------


def test_every_task_that_is_named_exists():
    app.loader.import_default_modules()
    named = {kind.task for kind in registry._job_kinds.values()}
    named |= {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    for path in sources(*CODE):
        named |= {text_of(call.args[0]) for call in calls(path, "enqueue", "send_task") if call.args}
    assert named - {None} <= set(app.tasks)


# --- What may stand in the repository ---------------------------------------------------------------------------------


def repository():
    """Every file of the repository; git knows which, and in a copy without git all but what the commands make."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    made = {".venv", "var", "node_modules", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.relative_to(ROOT).parts)]


def test_repository_names_nothing_of_the_machine_it_was_written_on():
    # The brackets keep this file from naming them itself.
    foreign = re.compile(rb"\.\./[s]hared|/[w]ork/|/[r]oot/")
    assert [str(path.relative_to(ROOT)) for path in repository() if foreign.search(path.read_bytes())] == []


def test_paper_templates_have_no_script_and_no_style_of_their_own():
    found = {
        path.name: hits
        for path in (ROOT / "templates/documents").rglob("*.html")
        if (hits := re.findall(r"<script\b|<style\b|\sstyle=|\son[a-z]+=\"", path.read_text()))
    }
    assert found == {}
