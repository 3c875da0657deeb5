"""Several workers on one stream of items: batches, order, and what happens when a worker dies.

Everything is done in the caller's thread, whenever it asks for the next answer; meanwhile the
workers go on, as far as the pipes hold.
"""

from __future__ import annotations

import selectors
from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from storesync.render import frames
from storesync.render.idle import IDLE
from storesync.render.link import Link
from storesync.render.worker import MAX_STRIKES, MAX_TEMPLATE_STRIKES

BATCH = 50
# Batches in a worker's line, a fifth of a second of small ones: it goes on with them while its
# parent has other work.
_AHEAD = 40
# Fewer where they are large: so many bytes of `own` at once, but some batches for each worker.
_AHEAD_BYTES = 32_000_000
_FEWEST = 4
# So many items are worth another worker: to start it takes as much processor time as they do.
_WORTH_ANOTHER = 1_500
_POLL_SECONDS = 0.1
_MAX_FALSE_STARTS = 3
_NOTHING = b"null"


class Item(NamedTuple):
    """One thing to do. `shared` is sent once in a batch for all items with the same object.

    `own` is JSON already. `group` are the items that are given up together when some of them go
    over a limit: those of one template and campaign. So are all of a `template` when more do.
    """

    request: list[Any]
    shared: Mapping[str, Any] | None = None
    own: bytes = _NOTHING
    group: Hashable = None
    template: str = ""


# Plain classes: to define three dataclasses takes as long as to render thirty pages.
class _Batch:
    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.answers: list[Any] = [None] * len(items)
        self.left = len(items)
        self.size = sum(len(item.own) for item in items)


class _Piece:
    """Items of a batch from `at` up to `end`; `careful` where a worker has died of one of them."""

    def __init__(self, batch: _Batch) -> None:
        self.batch = batch
        self.at = 0
        self.end = batch.left
        self.careful = False


class _Hand:
    def __init__(self, link: Link) -> None:
        self.link = link
        self.line: deque[_Piece] = deque()
        self.retiring = False


class Crew:
    """Worker processes, started as there is work for them and replaced when they die."""

    def __init__(self, sources: Mapping[str, str], workers: int, early: int | None = None) -> None:
        """Take the most workers that there may be, and how many start ahead, by default all."""
        self._sources = sources
        self._workers = max(workers, 1)
        self._early = self._workers if early is None else min(max(early, 1), self._workers)
        self._hands: list[_Hand] = []
        self._waiting: deque[_Piece] = deque()
        self._strikes: Counter[Hashable] = Counter()
        self._template_strikes: Counter[str] = Counter()
        self._struck: list[object] = []  # kept, so that their ids stay theirs
        self._false_starts = 0

    def start(self) -> None:
        """Start the early workers ahead of the first item."""
        while len(self._hands) < self._early:
            self._hands.append(self._hire())

    def expect(self, items: int) -> None:
        """Start as many workers as so many items are worth."""
        while self._needs_another(items):
            self._hands.append(self._hire())

    def warm(self, items: Sequence[Item]) -> None:
        """Give each worker, started if need be, items whose answers nobody looks at."""
        self.start()
        for _ in self._hands if items else ():
            self._line_up(items)
        self._hand_out()

    def _line_up(self, items: Sequence[Item]) -> _Batch:
        batch = _Batch(items)
        self._waiting.append(_Piece(batch))
        return batch

    def run(self, items: Iterable[Item]) -> Iterator[Any]:
        """Yield the answer to each item, in order, reading items only as far ahead as needed."""
        batches: deque[_Batch] = deque()
        source = iter(items)
        exhausted = False
        while batches or not exhausted:
            while not exhausted and self._wants_more(batches):
                chunk = list(islice(source, BATCH))
                exhausted = not chunk
                if chunk:
                    batches.append(self._line_up(chunk))
                    self._pump(0)
            while batches and batches[0].left:
                self._pump(_POLL_SECONDS)
            if batches:
                yield from batches.popleft().answers

    def _wants_more(self, batches: deque[_Batch]) -> bool:
        """Say whether workers may soon be idle; what is done and not yet taken is bounded, too."""
        size = sum(each.size for each in batches)
        workers = max(len(self._hands), 1)
        if size >= _AHEAD_BYTES and len(batches) >= workers * _FEWEST:
            return False
        enough = workers * _AHEAD
        return len(batches) < 2 * enough and sum(each.left > 0 for each in batches) <= enough

    def _hire(self) -> _Hand:
        return _Hand(IDLE.take(self._sources) or Link(self._sources))

    def attend(self) -> None:
        """Move what bytes there are to be moved, and go on with other work."""
        if self._hands:
            self._pump(0)

    def close(self) -> None:
        """Let all workers go: who owes no answer is kept for the next crew, all others end."""
        for hand in self._hands:
            if hand.line or hand.retiring or not hand.link.is_free:
                hand.link.close()
            else:
                IDLE.keep(self._sources, hand.link)
        self._hands.clear()
        self._waiting.clear()

    def _pump(self, seconds: float) -> None:
        """Hand out work, and move bytes for up to `seconds` or until some have moved."""
        self._hand_out()
        with selectors.DefaultSelector() as selector:
            for hand in self._hands:
                selector.register(hand.link.reading, selectors.EVENT_READ, (hand, True))
                writing = hand.link.writing
                if writing is not None:
                    selector.register(writing, selectors.EVENT_WRITE, (hand, False))
            for key, _ in selector.select(seconds):
                hand, readable = key.data
                if readable:
                    for answers in hand.link.read():
                        self._take(hand, answers)
                else:
                    hand.link.write()
        for hand in list(self._hands):
            if hand.line and not hand.link.ended:
                hand.link.watch()
            if hand.link.ended:
                self._bury(hand)

    def _hand_out(self) -> None:
        while self._waiting:
            free = [hand for hand in self._hands if len(hand.line) < _AHEAD and not hand.retiring]
            idle = [hand for hand in free if not hand.line]
            if not idle and self._needs_another(
                sum(len(hand.line) for hand in self._hands) * BATCH
            ):
                idle = [self._hire()]
                self._hands += idle
            if not idle and not free:
                return
            hand = idle[0] if idle else min(free, key=lambda each: len(each.line))
            piece = self._waiting.popleft()
            hand.line.append(piece)
            hand.link.send(self._encoded(piece))

    def _needs_another(self, items: int) -> bool:
        count = len(self._hands)
        return count < self._early or (count < self._workers and items >= count * _WORTH_ANOTHER)

    def _encoded(self, piece: _Piece) -> bytes:
        shared: dict[int, int] = {}
        contexts: list[Mapping[str, Any]] = []
        requests: list[list[Any]] = []
        owns: list[bytes] = []
        for item in piece.batch.items[piece.at : piece.end]:
            owns.append(_NOTHING if self._is_given_up(item) else item.own)
            if item.shared is None:
                requests.append(item.request)
                continue
            if id(item.shared) not in shared:
                shared[id(item.shared)] = len(contexts)
                contexts.append(item.shared)
            requests.append([*item.request, shared[id(item.shared)]])
        head = {"shared": contexts, "items": requests, "careful": piece.careful}
        return frames.encode(head, [b"[", b",".join(owns), b"]"])

    def _is_given_up(self, item: Item) -> bool:
        return bool(self._strikes) and (
            self._strikes[item.group] >= MAX_STRIKES
            or self._template_strikes[item.template] >= MAX_TEMPLATE_STRIKES
        )

    def _take(self, hand: _Hand, answers: list[Any] | None) -> None:
        if answers is None:
            hand.retiring = True
            return
        for answer in answers:
            if not hand.line:
                return
            self._false_starts = 0
            self._settle(hand.line[0], answer)
            if hand.line[0].at == hand.line[0].end:
                hand.line.popleft()

    def _settle(self, piece: _Piece, answer: Any) -> None:
        batch = piece.batch
        batch.answers[piece.at] = answer
        if answer[0] == "failed" and answer[1].get("limit"):
            item = batch.items[piece.at]
            self._strikes[item.group] += 1
            self._template_strikes[item.template] += 1
            self._struck.append(item.shared)
        piece.at += 1
        batch.left -= 1

    def _bury(self, hand: _Hand) -> None:
        """Take back the work of a worker that has ended, and find out whose fault it was."""
        hand.link.close()
        self._hands.remove(hand)
        if not hand.link.ready:
            self._false_starts += 1
            if self._false_starts >= _MAX_FALSE_STARTS:
                message = "the render worker does not start"
                raise RuntimeError(message)
        elif hand.line and not hand.retiring:
            piece = hand.line[0]
            if piece.careful:  # then the first item without an answer was being rendered
                self._settle(piece, ["failed", {"limit": True}])
            piece.careful = True
        self._waiting.extendleft(piece for piece in reversed(hand.line) if piece.at < piece.end)
