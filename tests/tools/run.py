"""Start the demo: prepare the database, then the web server and a worker, until Ctrl-C. `make run` calls it.

A worker that was killed is started again, as a service manager would; without a web server the demo ends.
Both write their logs into the data folder, so that the terminal keeps showing the address and the logins.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.tools import processes

START_SECONDS = 60
SETTLED_SECONDS = 5  # a worker that ends sooner would only end again
LAST_PORT = 65535
STOP_SECONDS = {"web": 10, "worker": 15}


class CannotRun(Exception):
    """The demo cannot start; the message is one sentence for the person at the terminal."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def read_env_file(path: Path) -> dict[str, str]:
    """Return the settings of an .env file: NAME=value lines; comments and empty lines are passed over."""
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, sign, value in pairs if sign}


def port_of(environment: dict[str, str]) -> int:
    """Return the port to serve on. Raises CannotRun when it is no number or somebody else listens there."""
    text = environment.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) <= LAST_PORT:
        raise CannotRun(f"PORT is “{text}”; it must be a number from 1 to {LAST_PORT}.", code=2)
    port = int(text)
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("localhost", port))
    except PermissionError:
        raise CannotRun(f"Port {port} needs root; choose one above 1023: PORT=8080 make run", code=2) from None
    except OSError:
        other = port % LAST_PORT + 1
        raise CannotRun(
            f"Port {port} is taken by another program; stop that, or choose another port: PORT={other} make run", code=2
        ) from None
    return port


class Demo:
    """The demo's folder, environment and processes."""

    def __init__(self) -> None:
        self.environment = read_env_file(processes.ROOT / ".env") | os.environ
        self.environment["PYTHONUNBUFFERED"] = "1"
        self.port = port_of(self.environment)
        self.logs = Path(self.environment.get("DATA_DIR") or processes.ROOT / "var") / "log"
        self.logs.mkdir(parents=True, exist_ok=True)
        for old in self.logs.glob("*.log"):
            old.unlink()
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.started: dict[str, float] = {}

    def manage(self, says: str, *arguments: str, **changes: str) -> str:
        """Run a management command and return what it printed. Raises CannotRun with its last line when it fails."""
        if says:
            print(f"{says} …", flush=True)
        log = self.logs / "setup.log"
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=processes.ROOT,
            env=self.environment | changes,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        with log.open("a", encoding="utf-8") as written:
            written.write(f"$ manage.py {' '.join(arguments)}\n{done.stdout}{done.stderr}")
        if done.returncode:
            last = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()[-1]
            raise CannotRun(f"“manage.py {arguments[0]}” failed: {last}\nThe whole output is in {log}.")
        return done.stdout

    def prepare(self) -> str:
        """Bring database, static files and demo data up to date; return the logins to show."""
        self.manage("Preparing the database", "migrate", "--no-input", AS_DATABASE_OWNER="true")
        self.manage("", "createcachetable", AS_DATABASE_OWNER="true")
        with ThreadPoolExecutor(1) as beside:  # the two have nothing to do with each other, and take longest
            static = beside.submit(self.manage, "", "collectstatic", "--no-input")
            self.manage("Loading the demo province, collecting static files", "seed_demo")
            static.result()
        return self.manage("", "demo_logins")

    def start(self, name: str, *command: str) -> None:
        """Start one of the two processes; it writes into a log of its own."""
        self.started[name] = time.monotonic()
        with (self.logs / f"{name}.log").open("ab") as log:
            self.children[name] = processes.start(
                [sys.executable, "-m", *command],
                cwd=processes.ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def start_web(self) -> None:
        """Start the web server: two processes of four threads."""
        self.start(
            "web", "gunicorn", "emulation.wsgi", "--bind", f"localhost:{self.port}", "--worker-class", "gthread",
            "--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket",
        )  # fmt: skip

    def start_worker(self) -> None:
        """Start the worker: two processes and the schedule."""
        self.start(
            "worker", "celery", "-A", "emulation", "worker", "-B", "--concurrency", "2", "--loglevel", "INFO",
            "--queues", "default,documents",
        )  # fmt: skip

    def wait_until_it_answers(self) -> None:
        """Return once the web server answers. Raises CannotRun when it does not, or when a process died."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            self.check_alive()
            try:
                urllib.request.urlopen(f"http://localhost:{self.port}/healthz", timeout=2)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise CannotRun(f"The web server did not answer within {START_SECONDS} s; its log is {self.logs / 'web.log'}.")

    def check_alive(self) -> None:
        """Start a killed worker again. Raises CannotRun when that would not help, or when the web server died."""
        for name, child in self.children.items():
            code = child.poll()
            if code is None:
                continue
            how = f"was killed (signal {-code})" if code < 0 else f"ended by itself (code {code})"
            if name == "worker" and time.monotonic() - self.started[name] > SETTLED_SECONDS:
                print(f"The worker process {how}; starting it again.", flush=True)
                processes.stop(child, seconds=0)  # what it left behind
                self.start_worker()
                return
            log = self.logs / f"{name}.log"
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
            raise CannotRun(f"{tail}\nThe {name} process {how}, so the demo stops; its log is {log}.")

    def watch(self) -> None:
        """Wait until somebody stops us; raise CannotRun when a process dies."""
        while True:
            self.check_alive()
            time.sleep(0.5)

    def stop_all(self) -> None:
        """Stop both and wait; what takes too long is killed: a report half made is made again at the next start."""
        for child in self.children.values():
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        for name, child in self.children.items():
            processes.stop(child, seconds=STOP_SECONDS[name])


def run() -> None:
    """Prepare, start, show the address and the logins, wait. Raises CannotRun or KeyboardInterrupt."""
    demo = Demo()
    logins = demo.prepare()
    try:
        print("Starting the web server and the worker …", flush=True)
        demo.start_web()
        demo.start_worker()
        demo.wait_until_it_answers()
        print(f"\n{logins.rstrip()}\n")
        print(f"  http://localhost:{demo.port}/   (logs in {demo.logs}; Ctrl-C stops)\n", flush=True)
        demo.watch()
    finally:
        with contextlib.suppress(KeyboardInterrupt):
            demo.stop_all()


def main() -> int:
    """Run the demo; 0 after Ctrl-C, 2 when the port cannot be had, 1 when something failed."""
    processes.leave_cleanly_when_told()
    try:
        run()
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        return reason.code
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
