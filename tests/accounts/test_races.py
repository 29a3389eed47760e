"""Two people at once: one account, and one clear sentence for the other."""

import threading

import pytest
from django.db import connection

from emulation.accounts import services
from emulation.accounts.models import User
from emulation.core import clock
from emulation.core.errors import Refused
from emulation.core.models import Event
from tests.accounts.conftest import SYSTEM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


def test_same_name_given_by_four_at_once_is_given_once():
    start, outcomes = threading.Barrier(4), []

    def invite():
        try:
            start.wait(timeout=10)
            outcomes.append(services.invite(username="moi", full_name="Lê Mới", actor=SYSTEM, at=clock.now()).password)
        except Refused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=invite) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    taken = [said for said in outcomes if said == "Tên đăng nhập “moi” đã có người dùng; chọn tên khác."]
    assert (len(outcomes), len(taken)) == (4, 3)
    assert (User.objects.count(), Event.objects.filter(verb="user_invited").count()) == (1, 1)
