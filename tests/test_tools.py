"""The two commands: what they say when something is missing or taken, and that they leave no trace behind."""

import os
import socket
import subprocess
import sys

import pytest

from tests import servers
from tests.environment import ROOT
from tests.tools import prepare, processes, run

pytestmark = pytest.mark.once


def started(*command, **environment):
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def test_setup_names_what_is_missing_and_the_line_to_type_when_it_may_not_install(tmp_path):
    refused = started("tests/tools/prepare.py", "test", PATH=str(tmp_path))
    assert refused.returncode == 2
    assert "This machine lacks redis-server, chromium." in refused.stderr
    assert "apt-get install --yes --no-install-recommends redis-server chromium" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_nothing_is_missing_where_the_tests_run():
    assert prepare.missing_packages("test") == []


def test_run_says_that_the_port_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = started("-m", "tests.tools.run", PORT=str(port))
    assert (refused.returncode, refused.stderr) == (
        2,
        f"Port {port} is taken by another program; stop that, or choose another port: PORT={port + 1} make run\n",
    )


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", ""])
def test_run_says_that_the_port_is_no_port(port):
    refused = started("-m", "tests.tools.run", PORT=port)
    assert (refused.returncode, refused.stderr) == (2, f"PORT is “{port}”; it must be a number from 1 to 65535.\n")


def test_run_names_the_step_that_failed_and_its_log(tmp_path):
    refused = started(
        "-m", "tests.tools.run", PORT=str(processes.free_port()), DATA_DIR=str(tmp_path), DATABASE_URL="nonsense"
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("“manage.py migrate” failed: ")
    assert "Traceback" not in refused.stderr
    assert "Traceback" in (tmp_path / "log" / "setup.log").read_text()


def test_env_file_gives_names_and_values(tmp_path):
    path = tmp_path / ".env"
    path.write_text('# a comment\n\nPAGE_SIZE=20\nSECRET_KEY="a=b"\n LOG_LEVEL = INFO\nnot a setting\n')
    assert run.read_env_file(path) == {"PAGE_SIZE": "20", "SECRET_KEY": "a=b", "LOG_LEVEL": "INFO"}
    assert run.read_env_file(tmp_path / "absent") == {}


def test_child_ends_with_its_group():
    child = processes.start([sys.executable, "-c", "import subprocess; subprocess.run(['sleep', '600'])"])
    processes.stop(child, seconds=0)
    assert child.returncode is not None
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)


def test_server_of_the_tests_is_gone_when_its_block_ends():
    with servers.redis() as address:
        port = int(address.rpartition(":")[2])
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
