"""Several workers on one stream of items: batches, order, and what happens when a worker dies.

Everything is done in the caller's thread, whenever it asks for the next answer; meanwhile the
workers go on, as far as the pipes hold.
"""

from __future__ import annotations

import selectors
import time
from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from storesync.render import frames
from storesync.render.idle import IDLE
from storesync.render.link import Link
from storesync.render.worker import MAX_STRIKES, MAX_TEMPLATE_STRIKES

BATCH = 50
# Batches in a worker's line, half a second of small ones: it goes on with them while its parent has
# other work. At first there are few, and one more for each that was answered: what stands in a line
# is no work for another worker.
_IN_LINE = 40
# Batches that are read for each worker that there may be, so that lines are full while the parent
# does not read, such as to check what was dated.
_AHEAD = 150
# Fewer where they are large: so many bytes of `own` and of answers at once, but some batches for
# each worker.
_AHEAD_BYTES = 48_000_000
_FEWEST = 4
# Seconds that the parent has waited for answers before another worker is worth its start, which
# takes as much processor time. A parent that is busy itself would be what lasts all the same.
_WORTH_ANOTHER = 0.2
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

    def __init__(self, sources: Mapping[str, str], workers: int) -> None:
        """Take the most workers that there may be."""
        self._sources = sources
        self._workers = max(workers, 1)
        self._hands: list[_Hand] = []
        self._waiting: deque[_Piece] = deque()
        self._strikes: Counter[Hashable] = Counter()
        self._template_strikes: Counter[str] = Counter()
        self._struck: list[object] = []  # kept, so that their ids stay theirs
        self._false_starts = 0
        self._answered = self._answered_bytes = 0
        self._waited = 0.0  # seconds

    def start(self) -> None:
        """Start a worker ahead of the first item."""
        if not self._hands:
            self._hands.append(self._hire())

    def warm(self, items: Sequence[Item]) -> None:
        """Give a worker, started if need be, items whose answers nobody looks at."""
        self.start()
        if items:
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
                self._wait()
            if self._waiting:
                self._pump(0)  # the caller has work with every answer: lines stay full meanwhile
            if batches:
                yield from batches.popleft().answers

    def _wait(self) -> None:
        """Wait until bytes have moved; how long counts once all workers have started."""
        begun = time.monotonic()
        self._pump(_POLL_SECONDS)
        if all(hand.link.ready for hand in self._hands):
            self._waited += time.monotonic() - begun

    def _wants_more(self, batches: deque[_Batch]) -> bool:
        """Say whether to read on: lines are to stay full, and what is held at once is bounded."""
        if len(batches) < self._workers * _FEWEST:
            return True
        held = sum(each.size for each in batches) + len(batches) * self._answer_bytes
        # How large answers are is not known before the first one.
        most = _AHEAD if self._answered else _IN_LINE
        return len(batches) < self._workers * most and held < _AHEAD_BYTES

    @property
    def _answer_bytes(self) -> int:
        """How large the answers to a batch were so far."""
        return BATCH * self._answered_bytes // (self._answered or 1)

    @property
    def _in_line(self) -> int:
        """How many batches may be in a worker's line, by how large and many answers were so far."""
        share = _AHEAD_BYTES // self._workers // (self._answer_bytes or 1)
        return min(_IN_LINE, max(_FEWEST, share), _FEWEST + self._answered // BATCH)

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
        most = self._in_line
        while self._waiting:
            free = [hand for hand in self._hands if len(hand.line) < most and not hand.retiring]
            idle = [hand for hand in free if not hand.line]
            if not idle and self._needs_another():
                idle = [self._hire()]
                self._hands += idle
            if not idle and not free:
                return
            hand = idle[0] if idle else min(free, key=lambda each: len(each.line))
            piece = self._waiting.popleft()
            hand.line.append(piece)
            hand.link.send(self._encoded(piece))

    def _needs_another(self) -> bool:
        count = len(self._hands)
        return not count or (count < self._workers and self._waited >= count * _WORTH_ANOTHER)

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
        if answer[0] == "parts":
            self._answered += 1
            self._answered_bytes += sum(map(len, answer[1].values()))
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
