"""A PostgreSQL and a Redis of our own: in a temporary folder, on a free port of 127.0.0.1, gone when the block ends."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.tools import processes

OWNER = "postgres"
START_SECONDS = 30


class DidNotStart(Exception):
    """A server did not come up; the message ends with what it wrote last."""


def postgresql_program(name: str) -> str | None:
    """Return the newest installed program of PostgreSQL's server (initdb, postgres); None when there is none."""
    debian = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(debian, key=lambda path: float(path.parts[4]), default=None)
    return str(newest) if newest else shutil.which(name)


def chromium() -> str | None:
    """Return the browser of the system; None when there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise DidNotStart(f"A server of the tests did not start: {log.read_text(errors='replace')[-600:].strip()}")


@contextlib.contextmanager
def _folder(owner: str | None) -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="emulation-server-"))
    if owner:
        shutil.chown(path, owner, owner)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _running(command: list[str], port: int, folder: Path, *, stop_with: int, user: str | None = None) -> Iterator[None]:
    log = folder / "log"
    identity = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    with log.open("wb") as output:
        server = processes.start(
            command,
            at_our_death=stop_with,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            **identity,
        )
    try:
        _wait_for(port, server, log)
        yield
    finally:
        processes.stop(server, seconds=10, first=stop_with)


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Run a fresh cluster, as user postgres when we are root (it refuses root); give the address of its owner role."""
    user = OWNER if os.geteuid() == 0 else None
    initdb, postgres = postgresql_program("initdb"), postgresql_program("postgres")
    if not initdb or not postgres:
        raise DidNotStart("PostgreSQL is not installed; `make test` says how.")
    with _folder(user) as folder:
        password = secrets.token_hex(16)
        secret = folder / "password"
        secret.write_text(password)
        if user:
            shutil.chown(secret, user, user)
        data, port = folder / "data", processes.free_port()
        made = subprocess.run(
            [
                initdb, f"--pgdata={data}", f"--username={OWNER}", f"--pwfile={secret}", "--auth=scram-sha-256",
                "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
            ],
            cwd=folder, user=user, check=False, capture_output=True, text=True, errors="replace",
        )  # fmt: skip
        if made.returncode:
            raise DidNotStart(f"initdb failed: {made.stderr.strip()[-600:]}")
        # Tests roll back, so that an automatic ANALYZE finds empty tables; a hundred rows in one transaction would then
        # be joined as if they were none, and one query took minutes.
        fast = [
            "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100", "jit=off",
            "autovacuum=off",
        ]  # fmt: skip
        where = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}"]
        command = [postgres, "-D", str(data), *(part for option in fast + where for part in ("-c", option))]
        with _running(command, port, folder, stop_with=signal.SIGINT, user=user):
            yield f"postgres://{OWNER}:{password}@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Run an empty Redis that keeps nothing; give its address without a database number."""
    program = shutil.which("redis-server")
    if not program:
        raise DidNotStart("Redis is not installed; `make test` says how.")
    with _folder(None) as folder:
        port = processes.free_port()
        options = {"port": port, "bind": "127.0.0.1", "dir": folder, "save": "", "appendonly": "no", "databases": 16}
        command = [program, *(str(part) for name, value in options.items() for part in (f"--{name}", value))]
        with _running(command, port, folder, stop_with=signal.SIGTERM):
            yield f"redis://127.0.0.1:{port}"
