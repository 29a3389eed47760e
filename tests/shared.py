"""The seeded province, built once for as many tests in a row as ask for it; each test gets it as it was built."""

import contextlib
import pickle

from django.db import transaction

from tests.world import World, build


class SharedWorld:
    """The province in a transaction around the tests' own: what a test writes goes with the test's savepoint.

    It stands only while tests ask for it. Before a test that does not, it is taken away, so that nobody sees its rows.
    """

    def __init__(self) -> None:
        self._key: object = None
        self._copy = b""
        self._block: transaction.Atomic | None = None

    def stand(self, key: object, time: contextlib.AbstractContextManager[object]) -> None:
        """See to it that the world of this key stands, built at that time."""
        if self._block is not None and self._key == key:
            return
        self.leave()
        block = transaction.atomic()
        block.__enter__()
        self._block = block
        try:
            with time:
                self._copy = pickle.dumps(build())
        except BaseException:
            self.leave()
            raise
        self._key = key

    def leave(self) -> None:
        """Take every row of the world back."""
        if self._block is not None:
            block, self._block = self._block, None
            transaction.set_rollback(True)
            block.__exit__(None, None, None)

    def copy(self) -> World:
        """Return rows of one's own: what a test sets on them, no other test sees."""
        assert self._block is not None, "the world is built before the test's own transaction begins"
        return pickle.loads(self._copy)  # noqa: S301 - our own bytes
