"""The gate: every check in order, quickest first; stops at the first that fails. `make test` calls it.

The suite runs on SQLite with the queue in files, and again on PostgreSQL with Redis. Tests that start real processes or
a browser have servers of their own and run beside others, for they mostly wait. Arguments name parts to run:
`python -m tests.tools.gate lint postgresql`.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from tests import servers
from tests.tools import processes, with_servers

CORES = "2"
NO_TEST_RAN = 5
ALONE = "(worker or browser)"
ON_WORKERS = "worker and not browser"
WORKERS, BROWSER = "tests/worker", "tests/browser"  # named, for to collect every test takes long
ON_SERVERS = {
    "postgresql": (f"not domain and not {ALONE}", "-n", CORES),
    "worker": (ON_WORKERS, WORKERS),
    "browser": ("browser and not inventory", BROWSER),
    "inventory": ("inventory", BROWSER),
}
PARTS = ("lint", "domain", "sqlite", "worker", "postgresql", "browser", "inventory")
LAYERS = "from importlinter.cli import lint_imports_command as check; check()"  # the one tool that is no module
PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "thidua.example",
    "CSRF_TRUSTED_ORIGINS": "https://thidua.example",
    "DATABASE_URL": "postgres://web:secret@localhost/emulation",
    "REDIS_URL": "redis://localhost/1",
    "BROKER_URL": "redis://localhost/0",
}


class Failed(Exception):
    """A check found something; the message names it."""


def run(*module: str, **changes: str) -> None:
    """Run one Python module as a check. Raises Failed when it does not end well."""
    print(f"\n── {' '.join(module)}", flush=True)
    started = time.monotonic()
    command = ["-c", LAYERS] if module == ("lint-imports",) else ["-m", *module]
    # Compiled modules are kept, whatever the shell says: every process of the gate loads the same ones.
    environ = os.environ | {"PYTHONDONTWRITEBYTECODE": ""} | changes
    child = subprocess.Popen([sys.executable, *command], cwd=processes.ROOT, env=environ)
    try:
        code = child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
    print(f"   {time.monotonic() - started:.1f} s", flush=True)
    if code == NO_TEST_RAN and module[0] == "pytest":
        raise Failed(f"{' '.join(module)}: no test ran")
    if code:
        raise Failed(" ".join(module))


def lint(data: str) -> None:
    """Check what can be checked without running the app's code for real."""
    run("ruff", "format", "--check", "--quiet")
    run("ruff", "check", "--quiet")
    run("djlint", "--check", "--lint", "--quiet", "templates")
    run("lint-imports")
    run("mypy", "--no-error-summary")
    run("manage", "check", "--deploy", "--fail-level", "WARNING", DATA_DIR=data, **PRODUCTION)
    run("manage", "makemigrations", "--check", "--dry-run", DATA_DIR=data, MODE="demo")


def suite(passes: dict[str, tuple[str, ...]], **changes: str) -> None:
    """Run pytest once per marker expression."""
    for expression, options in passes.items():
        run("pytest", "-q", *options, "-m", expression, **changes)


@contextlib.contextmanager
def scratch() -> Iterator[str]:
    """Give a data folder for the checks that load the settings."""
    with tempfile.TemporaryDirectory(prefix="emulation-gate-") as folder:
        yield folder


@contextlib.contextmanager
def beside(part: str, *, parts: list[str]) -> Iterator[None]:
    """Run a part, when it is asked for, as a process of its own meanwhile; what it said comes at the end.

    Raises Failed when it does not pass.
    """
    if part not in parts:
        yield
        return
    with tempfile.TemporaryFile() as said:
        command = [sys.executable, "-m", "tests.tools.gate", part]
        child = subprocess.Popen(command, cwd=processes.ROOT, stdout=said, stderr=subprocess.STDOUT)
        try:
            yield
            code = child.wait()
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()
            said.seek(0)
            print(said.read().decode(errors="replace"), flush=True)
    if code:
        raise Failed(part)


def gate(parts: list[str]) -> None:
    """Run the parts in order. Raises Failed at the first that does not pass."""
    if len(parts) == 1:
        alone(parts[0])
        return
    for meanwhile, part in (("lint", "domain"), ("worker", "sqlite"), ("", "postgresql"), ("browser", "inventory")):
        with beside(meanwhile, parts=parts):
            if part in parts:
                alone(part)


def alone(part: str) -> None:
    """Run one part. Raises Failed when it does not pass."""
    if part == "lint":
        with scratch() as data:
            lint(data)
    elif part == "domain":
        suite({"domain": ()})  # quicker than collecting everything three times
    elif part == "sqlite":
        suite({f"not domain and not once and not {ALONE}": ("-n", CORES)})
    else:
        with with_servers.running() as addresses:
            expression, *options = ON_SERVERS[part]
            suite({expression: tuple(options)}, **addresses)
    if part == "worker":
        suite({f"not once and {ON_WORKERS}": (WORKERS,)})


def main() -> int:
    """Run the gate; 0 when all passed, 1 when something failed, 2 when it cannot start."""
    processes.leave_cleanly_when_told()
    parts = sys.argv[1:] or list(PARTS)
    unknown = set(parts).difference(PARTS)
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}; the parts are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    started = time.monotonic()
    try:
        gate(parts)
    except Failed as what:
        print(f"\nFAILED after {(time.monotonic() - started) / 60:.1f} min: {what}", file=sys.stderr)
        return 1
    except servers.DidNotStart as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    print(f"\nAll passed in {(time.monotonic() - started) / 60:.1f} min.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
