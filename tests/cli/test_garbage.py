from __future__ import annotations

import weakref

from storesync.app.garbage import collect, without_collection


class Built:
    """Something large that refers to itself, as an error with its traceback does."""

    def __init__(self):
        self.itself = self


def test_a_process_that_goes_on_gets_its_memory_back():
    with without_collection():
        left = weakref.ref(Built())
    assert left() is not None
    collect()
    assert left() is None
