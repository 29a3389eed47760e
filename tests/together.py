"""What tests about races share: acts that begin at the same moment, each in a thread and a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

from emulation.core.errors import Refused


def together(*acts: Callable[[], object]) -> list[str]:
    """Do the acts at the same moment; return what each was told, "" for one that wrote."""
    told: dict[int, str] = {}
    start = threading.Barrier(len(acts))

    def go(number: int, do: Callable[[], object]) -> None:
        start.wait()
        try:
            do()
            told[number] = ""
        except Refused as refusal:
            told[number] = str(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [told[number] for number in range(len(acts))]
