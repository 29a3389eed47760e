"""Real Celery workers on a test's own database: started, and killed as a power cut would."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests import environment


class Workers:
    """Starts and kills Celery workers as whole process groups."""

    def __init__(self, environ: dict[str, str], log: Path) -> None:
        self.environ, self.log = environ, log
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, app: str = "emulation", processes: int = 2, **environ: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "celery", "-A", app, "worker", "-B", "-c", str(processes),
                 "-Q", "default,documents", "--without-gossip", "--without-mingle", "--loglevel=INFO"],
                cwd=environment.ROOT, env=self.environ | environ, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.running.append(process)
        return process

    def wait_until_ready(self, seconds: float = 60) -> None:
        """Wait until the worker started last says in the log that it takes messages."""
        until = time.monotonic() + seconds
        while self.log.read_text(errors="replace").count(" ready.") < len(self.running):
            assert time.monotonic() < until, "the worker did not come up"
            time.sleep(0.1)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a worker with its children, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_all(self) -> None:
        for process in self.running:
            self.kill(process)
        self.running = []
