"""Rendering in this process, for tests of what comes out and not of where it is done."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from storesync.render import idle
from storesync.render.engine import Engine, Failure
from storesync.render.idle import IDLE

Render = Callable[..., "str | Failure"]


@pytest.fixture(autouse=True)
def _new_workers(most_idle: int) -> Iterator[None]:
    """Take over no worker from another test, which may have started another program.

    As few are kept as by a command.
    """
    IDLE.close()
    more, idle._MOST = idle._MOST, most_idle
    yield
    idle._MOST = more


@pytest.fixture
def render() -> Render:
    def run(
        template: str, file: str = "social.txt", *, locale: str = "en-US", **context: Any
    ) -> str | Failure:
        channel, part = file.split(".")
        engine = Engine({f"templates/shared/x/{channel}.{part}.j2": template})
        before = copy.deepcopy(context)
        result = engine.render("shared/x", channel, locale, dict(context), (1, 1))
        assert context == before, "a template changed what it was given"
        return result if isinstance(result, Failure) else result[part].decode()

    return run
