"""Fixtures and rules of every test: its own environment, database, clock; nothing skipped in CI."""

import contextlib
import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine

from tests import environment

environment.prepare()

import django
from django.conf import settings

# A slow hash protects passwords; no password of a test is worth 0.3 s each.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()

from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

from emulation.core import triggers
from emulation.desk.services import demo
from tests.shared import SharedRows
from tests.workers import Workers
from tests.world import World, build

# A busy machine is no failure of an example.
_examples = hypothesis.settings.get_profile(hypothesis.settings.get_current_profile_name())
hypothesis.settings.register_profile("house", _examples, deadline=None)
hypothesis.settings.load_profile("house")
MAY_SKIP = not os.environ.get("CI")
PROVINCE = ZoneInfo("Asia/Ho_Chi_Minh")


# --- What runs --------------------------------------------------------------------------------------------------------


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by folder; leave out, on SQLite, what cannot happen there (left out, not skipped)."""
    for item in items:
        folders = Path(item.path).relative_to(environment.ROOT / "tests").parent.parts
        for marker in {"domain", "browser", "bench"}.intersection(folders):
            item.add_marker(marker)
        if "browser" in folders:
            item.add_marker("once")
    if connection.vendor != "postgresql":
        left_out = [item for item in items if item.get_closest_marker("postgres_only")]
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if item not in left_out]


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if MAY_SKIP or report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    report.outcome = "failed"
    report.longrepr = f"CI skips nothing, and this was skipped: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    _fail_if_skipped(report)
    return report


# --- Database ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """On SQLite a file, not memory: the live server and a real worker must see the same rows."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(environment.data_dir() / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _flush_may_empty_the_events() -> Iterator[None]:
    """Events are append-only, so a transactional test could not clear them.

    The triggers go away right before its flush and the flush's own post_migrate puts them back.
    """
    flush = TransactionTestCase._fixture_teardown

    def without_triggers(case: TransactionTestCase) -> None:
        triggers.remove()
        flush(case)

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = flush


def _seed_demo() -> None:
    for _ in demo.seed():
        pass


_shared = SharedRows()
_BUILDERS: dict[str, Callable[[], object]] = {"world_as_built": build, "demo_as_seeded": _seed_demo}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest) -> Iterator[object]:
    """Right before a test's own transaction begins, let the shared rows stand that it asks for, and no others."""
    if fixturedef.argname == "_django_db_helper":
        with request.getfixturevalue("django_db_blocker").unblock():
            name = next((name for name in _BUILDERS if name in request.fixturenames), None)
            if name is None:
                _shared.leave()
            else:
                is_stopped = "clock" in request.fixturenames
                time = _stopped_clock() if is_stopped else contextlib.nullcontext()
                _shared.stand((name, is_stopped), _BUILDERS[name], time)
    return (yield)


@pytest.fixture(scope="session")
def _shared_rows_end(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        _shared.leave()


@pytest.fixture
def world_as_built(_shared_rows_end: None, db: None) -> World:
    """Return the seeded province. It costs next to nothing: it is built once for all tests in a row that ask for it."""
    return _shared.copy()


@pytest.fixture
def demo_as_seeded(_shared_rows_end: None, db: None) -> None:
    """Let the demo stand as `seed_demo` leaves it; seeded once for all tests in a row that ask for it."""


@pytest.fixture
def world(world_as_built: World) -> World:
    """Return the seeded province; a file of tests may give it a state of its own."""
    return world_as_built


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_listed_once() -> Iterator[None]:
    """Every test client makes its own middleware, and each would list every static file anew."""
    list_them = WhiteNoiseMiddleware.add_files_from_finders
    known: dict[str, object] = {}

    def list_once(middleware: WhiteNoiseMiddleware) -> None:
        if not known:
            list_them(middleware)
            known.update(middleware.files)
        middleware.files.update(known)

    WhiteNoiseMiddleware.add_files_from_finders = list_once
    yield
    WhiteNoiseMiddleware.add_files_from_finders = list_them


@pytest.fixture
def process_environment() -> Callable[..., dict[str, str]]:
    """Return the environment of another process (worker, web server, command) that works on this test's database.

    Only with transactional tests: rows of an open transaction are nobody else's.
    """

    def build(**changes: str) -> dict[str, str]:
        name = str(connection.settings_dict["NAME"])
        if connection.vendor == "sqlite":
            url = f"sqlite:///{name}"
        else:
            url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
        return os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(environment.ROOT)} | changes

    return build


@pytest.fixture
def workers(
    transactional_db: None, process_environment: Callable[..., dict[str, str]], tmp_path: Path
) -> Iterator[Workers]:
    """Start real workers on this test's database; none outlives the test."""
    environ = process_environment(JOB_LEASE_SECONDS="5", SWEEP_SECONDS="1", LOG_LEVEL="INFO")
    group = Workers(environ, tmp_path / "worker.log")
    yield group
    group.kill_all()


# --- Time -------------------------------------------------------------------------------------------------------------


def _stopped_clock() -> time_machine.travel:
    return time_machine.travel(dt.datetime(2026, 11, 2, 9, tzinfo=PROVINCE), tick=False)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at 09:00 on 2 November 2026 in the province; `clock.move_to(…)`, `clock.shift(…)` move it."""
    with _stopped_clock() as stopped:
        yield stopped
