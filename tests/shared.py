"""Rows that many tests begin with, built once for as many tests in a row as ask for them; each finds them as built."""

import contextlib
import pickle
from collections.abc import Callable
from typing import Any

from django.db import transaction


class SharedRows:
    """Rows in a transaction around the tests' own: what a test writes goes with the test's savepoint.

    They stand only while tests ask for them. Before a test that does not, they are taken away: nobody else sees them.
    """

    def __init__(self) -> None:
        self._key: object = None
        self._copy = b""
        self._block: transaction.Atomic | None = None

    def stand(self, key: object, build: Callable[[], Any], time: contextlib.AbstractContextManager[Any]) -> None:
        """See to it that the rows of this key stand, built at that time."""
        if self._block is not None and self._key == key:
            return
        self.leave()
        block = transaction.atomic()
        block._from_testcase = True  # to the house it is the test's own transaction, so its acts may begin
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
        """Take every row back."""
        if self._block is not None:
            block, self._block = self._block, None
            transaction.set_rollback(True)
            block.__exit__(None, None, None)

    def copy(self) -> Any:
        """Return what was built, as objects of one's own: what a test sets on them, no other test sees."""
        assert self._block is not None, "shared rows are built before the test's own transaction begins"
        return pickle.loads(self._copy)  # noqa: S301 - our own bytes
