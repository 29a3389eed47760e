"""What production turns on by itself, read in a process of its own: settings read the environment only once."""

import json
import subprocess
import sys

import pytest

from tests.environment import ROOT

COMPLETE = {
    "MODE": "production",
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "thidua.example",
    "DATABASE_URL": "postgres://web:secret@localhost/emulation",
    "BROKER_URL": "redis://localhost/0",
}
READ = """
import json
from emulation import settings
print(json.dumps({name: getattr(settings, name) for name in NAMES.split()}))
"""


def settings_of(tmp_path, names, **changes):
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "DATA_DIR": str(tmp_path)} | changes
    program = READ.replace("NAMES", repr(names))
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)


def test_production_is_shut_tight_without_being_asked(tmp_path):
    expected = {
        "REQUIRE_SECOND_FACTOR": True,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "DEBUG": False,
        "SESSION_COOKIE_AGE": 12 * 3600,
    }
    assert settings_of(tmp_path, " ".join(expected), **COMPLETE) == expected


def test_demo_works_on_localhost_without_https(tmp_path):
    expected = {"REQUIRE_SECOND_FACTOR": False, "SESSION_COOKIE_SECURE": False, "SECURE_SSL_REDIRECT": False}
    assert settings_of(tmp_path, " ".join(expected)) == expected


@pytest.mark.parametrize("gone", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BROKER_URL"])
def test_production_refuses_and_names_the_one_that_is_missing(tmp_path, gone):
    kept = {name: value for name, value in COMPLETE.items() if name != gone}
    with pytest.raises(subprocess.CalledProcessError) as refused:
        settings_of(tmp_path, "DEBUG", **kept)
    last = refused.value.stderr.strip().splitlines()[-1]
    assert [name for name in COMPLETE if f"'{name}'" in last] == [gone]


def test_unknown_mode_is_refused(tmp_path):
    with pytest.raises(subprocess.CalledProcessError):
        settings_of(tmp_path, "DEBUG", **COMPLETE | {"MODE": "prod"})
