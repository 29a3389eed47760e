"""Run a command with a PostgreSQL and a Redis of its own: `python -m tests.tools.with_servers pytest tests/blocs`."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from tests import environment, servers
from tests.tools import processes


@contextlib.contextmanager
def running() -> Iterator[dict[str, str]]:
    """Start both servers and give the variables by which tests find them; stop both at the end, whatever happens."""
    with servers.postgresql() as database, servers.redis() as queue:
        yield {environment.DATABASE: database, environment.REDIS: queue}


def main() -> int:
    """Run the command of the command line; its exit code is ours."""
    processes.leave_cleanly_when_told()
    try:
        with running() as addresses:
            return subprocess.run(
                [sys.executable, "-m", *sys.argv[1:]], env=os.environ | addresses, check=False
            ).returncode
    except servers.DidNotStart as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
