"""The environment of every test, made before Django reads its settings: nothing of the developer's own leaks in."""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: Set by tests.servers when a PostgreSQL and a Redis of our own are running; without them tests use SQLite and files.
DATABASE = "TEST_DATABASE_URL"
REDIS = "TEST_REDIS_URL"
_DATA_ROOT = "TEST_DATA_ROOT"


def setting_names() -> set[str]:
    """Every setting's name, as .env.example lists them."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^# ([A-Z][A-Z_]+)=", example, flags=re.MULTILINE))


def worker_number() -> int:
    """0 for a plain run, 1, 2 … for the processes of pytest-xdist."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1


def data_dir() -> Path:
    """The data folder of this test process, empty at the start and gone at the end."""
    if _DATA_ROOT not in os.environ:
        root = tempfile.mkdtemp(prefix="emulation-tests-")
        os.environ[_DATA_ROOT] = root
        atexit.register(shutil.rmtree, root, ignore_errors=True)
    return Path(os.environ[_DATA_ROOT]) / f"process-{worker_number()}"


def prepare() -> None:
    """Replace every setting of the shell by the ones of the tests."""
    for name in setting_names():
        os.environ.pop(name, None)
    data = data_dir()
    data.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "emulation.settings",
        "MODE": "demo",
        "SECRET_KEY": "only-for-tests",
        "DATA_DIR": str(data),
        "DATABASE_URL": os.environ.get(DATABASE, f"sqlite:///{data / 'unused.sqlite3'}"),
        "BROKER_URL": f"{os.environ[REDIS]}/{worker_number()}" if REDIS in os.environ else "filesystem://localhost",
        "PLAIN_STATIC": "true",
        "LOG_LEVEL": "WARNING",
    }
