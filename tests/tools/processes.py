"""Child processes that never outlive us. Standard library only."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_PR_SET_PDEATHSIG = 1


class Stopped(SystemExit):
    """Somebody asked us to stop (SIGTERM, SIGHUP): leave through every `finally`."""


def leave_cleanly_when_told() -> None:
    """Turn SIGTERM and SIGHUP into an exception, so that what we started is stopped as on Ctrl-C.

    A shell starts background commands with SIGINT ignored; we listen to it all the same.
    """

    def stop(number: int, _frame: object) -> None:
        raise Stopped(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _ends_with_us(number: int) -> Callable[[], None] | None:
    """On Linux, ask the kernel to signal the child when we die, even by kill -9."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def start(command: list[str], *, at_our_death: int = signal.SIGTERM, **options: Any) -> subprocess.Popen[bytes]:
    """Start a command in a group of its own: Ctrl-C reaches us alone, and we decide in which order things stop."""
    return subprocess.Popen(
        command,
        start_new_session=True,
        preexec_fn=_ends_with_us(at_our_death),  # noqa: PLW1509 - one C call, loaded before the fork
        **options,
    )


def stop(child: subprocess.Popen[bytes], *, seconds: float, first: int = signal.SIGTERM) -> None:
    """Ask a child to end, give it time, then end its whole group."""
    if child.poll() is None:
        child.send_signal(first)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
