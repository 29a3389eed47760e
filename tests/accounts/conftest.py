"""People who log in for real, and the codes their telephones would show."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from emulation.accounts import services
from emulation.accounts.domain.scope import Scope
from emulation.accounts.models import User
from emulation.core.access import Actor
from tests import factories as make

SYSTEM = Actor(user_id=None, name="Lệnh trên máy chủ", title="", seat_id=None, scope=Scope(is_staff=True))


@pytest.fixture(autouse=True)
def _no_limits_left_over(request):
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db" if not _is_transactional(request) else "transactional_db")
        cache.clear()


def _is_transactional(request):
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames


@pytest.fixture
def board():
    """A specialist of the board."""
    return make.SeatFactory(capacity="board_specialist").user


@pytest.fixture
def officer():
    """An officer of an agency."""
    return make.SeatFactory().user


@pytest.fixture
def administrator():
    """A member of the administrators, without a seat."""
    user = make.UserFactory(is_staff=True)
    user.groups.add(services.administrators())
    return user


def log_in(user, *, password=make.PASSWORD, client=None, **data):
    """Log in through the page; return the client."""
    client = client or Client()
    client.post(reverse("account_login"), {"login": user.username, "password": password, **data})
    return client


def confirm(client, password=make.PASSWORD):
    """Type the password once more, as the library wants before it shows secrets."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def code_of(secret):
    """Return what a telephone shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def enrol(user):
    """Give the user a telephone; return its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def is_in(client):
    """Whether somebody is logged in."""
    user_id = client.session.get("_auth_user_id")
    return user_id is not None and User.objects.filter(pk=user_id, is_active=True).exists()


def factors(user):
    """Return the kinds of second factor the user has."""
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
