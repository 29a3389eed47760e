"""Set up what a command needs: the system's packages, the virtual environment, the locked Python packages.

`python3 tests/tools/prepare.py run` or `… test`. Runs on the system's own Python, before anything is installed, so it
uses the standard library only and keeps to syntax that an older Python can read far enough to be told it is too old.
What is already there is not touched. As root with apt the missing packages are installed; otherwise the exact line to
type is printed and the exit code is 2.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}


class Missing(Exception):
    """Something is missing that we may not or could not set up; the message says what to type."""


def has_library(name: str, file: str) -> bool:
    """Say whether a shared library can be loaded, under its Linux file name or as this system names it."""
    for candidate in (file, ctypes.util.find_library(name)):
        try:
            if candidate and ctypes.CDLL(candidate):
                return True
        except OSError:
            continue
    return False


def has_postgresql() -> bool:
    """Say whether a cluster can be made: the server's programs, and the user they run as when we are root."""
    if not (any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb")):
        return False
    return os.geteuid() != 0 or any(user.pw_name == "postgres" for user in pwd.getpwall())


def has_venv() -> bool:
    """Say whether this Python can make virtual environments (Debian ships that part on its own)."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def missing_packages(goal: str) -> list[str]:
    """Return the Debian packages that the goal needs and this machine lacks, by looking for what they bring."""
    wanted = [
        ("python3-venv", PYTHON.exists() or has_venv()),
        ("libpango-1.0-0", has_library("pango-1.0", "libpango-1.0.so.0")),
        ("libpangoft2-1.0-0", has_library("pangoft2-1.0", "libpangoft2-1.0.so.0")),
        ("libharfbuzz-subset0", has_library("harfbuzz-subset", "libharfbuzz-subset.so.0")),
    ]
    if goal == "test":
        wanted += [
            ("postgresql", has_postgresql()),
            ("redis-server", bool(shutil.which("redis-server"))),
            ("chromium", bool(shutil.which("chromium") or shutil.which("chromium-browser"))),
        ]
    return [package for package, is_there in wanted if not is_there]


def install_packages(goal: str) -> None:
    """Install what is missing when we may; otherwise raise Missing with the line to type."""
    missing = missing_packages(goal)
    if not missing:
        return
    line = "apt-get update && apt-get install --yes --no-install-recommends " + " ".join(missing)
    what = "This machine lacks " + ", ".join(missing) + "."
    if not shutil.which("apt-get"):
        raise Missing(
            what + "\nThere is no apt-get here to install them with: install the same by your system's own means. "
            "On Debian or Ubuntu the line is:\n\n    sudo sh -c '" + line + "'\n"
        )
    if os.geteuid() != 0:
        raise Missing(what + " Type this line, then start again:\n\n    sudo sh -c '" + line + "'\n")
    print(what + " Installing ...", flush=True)
    done = subprocess.run(
        ["sh", "-c", line],
        env=dict(os.environ, DEBIAN_FRONTEND="noninteractive"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    still = missing_packages(goal)
    if done.returncode or still:
        raise Missing(
            last_lines(done.stdout)
            + "\nInstalling "
            + ", ".join(still or missing)
            + " did not work; the reason stands above. Put it right, or type this line yourself:\n\n    "
            + line
            + "\n"
        )


def last_lines(output: bytes, count: int = 8) -> str:
    """Return the end of what a command wrote."""
    return "\n".join(output.decode(errors="replace").strip().splitlines()[-count:])


def stamp_of(lock: str) -> Path:
    """Return the file that says which contents of a lock are installed."""
    return VENV / (".installed-" + lock)


def fingerprint(lock: str) -> str:
    """Return what must be equal for an installation to be current."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def is_current(lock: str) -> bool:
    """Say whether the virtual environment holds exactly this lock."""
    stamp = stamp_of(lock)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint(lock)


def run_quietly(command: list[str], otherwise: str) -> None:
    """Run a command; when it fails, raise Missing with the end of its output and a sentence."""
    done = subprocess.run(
        command, cwd=str(ROOT), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        raise Missing(last_lines(done.stdout) + "\n" + otherwise)


def install_python_packages(goal: str) -> None:
    """Make the virtual environment when there is none that works, and install the lock when it has changed."""
    lock = LOCKS[goal]
    if is_current(lock):
        return
    if not (PYTHON.exists() and works(str(PYTHON), "-m", "pip", "--version")):
        print("Making the virtual environment in .venv ...", flush=True)
        run_quietly(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            "The virtual environment could not be made; the reason stands above.",
        )
    print("Installing the Python packages of " + lock + " (about a minute the first time) ...", flush=True)
    run_quietly(
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
         "--require-hashes", "--requirement", lock],
        "The packages of " + lock + " could not be installed; the reason stands above. "
        "With a network again, the same command goes on where it stopped.",
    )  # fmt: skip
    # The lock for tests holds the one for running whole (a test of the house compares them).
    for installed in LOCKS.values() if goal == "test" else [lock]:
        stamp_of(installed).write_text(fingerprint(installed))


def works(*command: str) -> bool:
    """Say whether a command ends well."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def main() -> int:
    """Set up for the goal named on the command line: 0 when everything is there, 2 when something is missing."""
    goal = sys.argv[1]
    if sys.version_info < OLDEST:
        print(
            "Python 3.11 or newer is needed; this is {}.{}. If a newer one is installed, name it: "
            "make {} PYTHON=python3.12".format(*sys.version_info[:2], goal),
            file=sys.stderr,
        )
        return 2
    try:
        install_packages(goal)
        install_python_packages(goal)
    except Missing as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped; the same command goes on from here.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
