"""Attacks as functions: each is carried out, and `publish` has to answer it with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from people import Chain, edited

FREE = edited("Free")
OWNERS = ".github/CODEOWNERS"
Act = Callable[[Chain], Any]
Attack = tuple[Act, str, int]


def collect() -> tuple[list[Attack], Callable[..., Callable[[Act], Act]]]:
    """Return a list of attacks, and what decorates a function as one of them."""
    found: list[Attack] = []

    def attack(why: str, code: int = 1) -> Callable[[Act], Act]:
        """Take a function as an attack, which `publish` has to answer with a reason."""

        def keep(function: Act) -> Act:
            found.append((function, why, code))
            return function

        return keep

    return found, attack


def carry_out(chain: Chain, act: Act, why: str, code: int) -> None:
    """Do it and publish; assert that nothing goes out, nothing comes down, and why."""
    before = live(chain)
    act(chain)
    outcome = chain.publish(code=code)
    assert why in outcome.stdout + outcome.stderr
    assert chain.pages() == {}, "something was sent"
    assert code == 2 or live(chain) == before, "something was taken down"


def live(chain: Chain) -> str:
    """The ledger's lines of the campaign."""
    tree = chain.hub.git("ls-tree", "-r", "refs/heads/storesync/ledger")
    return "\n".join(line for line in tree.splitlines() if "/promo/" in line)


def land(chain: Chain, files: Any, how: str = "merge") -> int:
    """Have Ada propose files, Mia approve them, and somebody press the button."""
    number = chain.propose(files)
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "mallory", how)
    return number
