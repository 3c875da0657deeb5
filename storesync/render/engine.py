"""Rendering one job: templates and a plain context in, the texts of a channel or a reason out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from types import TracebackType
from typing import Any, NamedTuple

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError

from storesync.diagnostics import Diagnostic, did_you_mean, printable
from storesync.model.channel import KINDS, MAX_PART_BYTES, Part
from storesync.render import normalise, vocabulary
from storesync.render.complaints import plainly
from storesync.render.naming import Library
from storesync.render.sandbox import MissingValueError
from storesync.render.shelf import RefusedError, Shelf
from storesync.render.slots import SlotError, fill_copy

_CHUNKS = 1_000
# What Python writes for a thing without a text of its own: it differs from run to run.
_ADDRESS = " at 0x"
_AN_OBJECT = re.compile(r"(?:object|function|method)[^<>\n]{0,80} at 0x[0-9a-f]{6}")
# Half of a character, as Python writes it in UTF-8 if it must; first what it begins with.
_SURROGATES = b"\xed"
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf]")


class TimeUpError(BaseException):
    """The time for one job is over. No Exception, so that nothing in a template catches it."""


class Failure(NamedTuple):
    """Why a job gave no text: a rule, the file and line in the template, what to do.

    `limit` says that time or memory ran out, so that the process is not to be trusted further.
    `value` names the value of a copy file that is to blame; `path` is that file then.
    """

    rule: str
    path: str
    line: int
    message: str
    hint: str = ""
    limit: bool = False
    value: str = ""


class Engine:
    """Renders from one set of sources. `timed` bounds the work inside it, in CPU seconds."""

    def __init__(
        self,
        sources: Mapping[str, str],
        timed: Callable[[float], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._library = Library(sources)
        self._shelf = Shelf(self._library)
        self._timed = timed
        self._ready: dict[tuple[str, str, str], list[tuple[Part, str, Template]] | Failure] = {}

    def check(self, path: str, seconds: float) -> list[Diagnostic]:
        """Return everything wrong with one file before it is ever rendered."""
        try:
            with self._timed(seconds):
                return self._shelf.check(path)
        except (Exception, TimeUpError) as error:  # noqa: BLE001 - any kind is a located error
            failure = _failure(error, path, {})
            return [
                Diagnostic(
                    "template-too-large" if failure.limit else "template-syntax",
                    failure.message,
                    path,
                    line=max(failure.line, 1),
                    hint=failure.hint,
                )
            ]

    def render(
        self,
        template: str,
        channel: str,
        locale: str,
        context: dict[str, Any],
        seconds: tuple[float, float],
    ) -> dict[str, bytes] | Failure:
        """Return the parts of a channel by name, in UTF-8, or why there are none.

        `seconds` are for getting the templates ready and for rendering. `context` is changed.
        """
        key = (template, channel, locale)
        ready = self._ready.get(key)
        if ready is None:
            ready = self._ready[key] = self._prepare(template, channel, locale, seconds[0])
        if isinstance(ready, Failure):
            return ready
        context.update(vocabulary.FUNCTIONS, locale=locale)
        texts = {}
        path = ""
        try:
            with self._timed(seconds[1]):
                fill_copy(context)
                for part, path, loaded in ready:
                    text = normalise.text(part, _run(loaded, context))
                    data = texts[part.name] = text.encode("utf-8", "surrogatepass")
                    unfit = _unfit(part, text, data)
                    if unfit:
                        return Failure("template-output", path, 0, unfit)
        except (Exception, TimeUpError) as error:  # noqa: BLE001 - any kind is a located error
            return _failure(error, path, context)
        return texts

    def _prepare(
        self, template: str, channel: str, locale: str, seconds: float
    ) -> list[tuple[Part, str, Template]] | Failure:
        found = self._library.parts(template, channel, locale)
        missing = _missing(channel, {part.name for part, _ in found})
        folder = path = f"templates/{template}"
        if missing:
            message = f"the template has no {missing} for {channel}"
            return Failure("missing-part", folder, 0, message, f"add it or leave {channel} out")
        ready = []
        try:
            with self._timed(seconds):
                for part, path in found:
                    ready.append((part, path, self._shelf.get(path, locale)))
        except (Exception, TimeUpError) as error:  # noqa: BLE001 - any kind is a located error
            return _failure(error, path, {})
        return ready


def _missing(channel: str, present: set[str]) -> str:
    kind = KINDS.get(channel)
    needed = [part.name for part in kind.parts if part.required] if kind else ["such kind"]
    lacking = [name for name in needed if name not in present]
    return f"{channel}.{lacking[0]}.j2" if lacking else ""


def _run(template: Template, context: dict[str, Any]) -> str:
    """Render in pieces, so that endless output ends at the limit and not in memory."""
    pieces: Iterator[str] = template.root_render_func(template.new_context(context, shared=True))
    chunk = list(islice(pieces, _CHUNKS))
    if len(chunk) < _CHUNKS:
        return "".join(chunk)
    whole, size = chunk, 0
    while chunk:
        size += sum(map(len, chunk))
        if size > MAX_PART_BYTES:
            break
        chunk = list(islice(pieces, _CHUNKS))
        whole += chunk
    return "".join(whole)


def _unfit(part: Part, text: str, data: bytes) -> str:
    """Return why a text, and as bytes, cannot be an artifact's, or an empty string."""
    if len(data) > MAX_PART_BYTES:
        return f"{part.name} comes out longer than {MAX_PART_BYTES:,} bytes"
    if _ADDRESS in text and _AN_OBJECT.search(text):
        return "a value comes out that has no text of its own; print its parts, or use |join"
    if _SURROGATES in data and _SURROGATE.search(data):
        return f"{part.name} holds half of a character (a lone surrogate)"
    return ""


def _failure(error: BaseException, path: str, context: Mapping[str, Any]) -> Failure:
    """Say what an error is to the person who wrote the template."""
    if isinstance(error, RefusedError):
        found = error.diagnostic
        return Failure(found.rule, found.path, found.line, found.message, found.hint)
    if isinstance(error, SlotError):
        hint = (
            "write them shorter or longer; names differ in length"
            if error.rule == "out-of-bounds"
            else ""
        )
        return Failure(error.rule, error.path or path, 0, error.message, hint, value=error.name)
    at, line = _place(error.__traceback__) or (path, 0)
    if isinstance(error, MissingValueError):
        known = [name for name in context if name not in vocabulary.FUNCTIONS]
        hint = did_you_mean(error.name, known if error.known is None else error.known)
        return Failure("undefined-variable", at, line, error.message or "", hint)
    for kinds, rule, message, hint, limit in _KINDS:
        if isinstance(error, kinds):
            return Failure(rule, at, line, message, hint, limit)
    if isinstance(error, TemplateSyntaxError):
        line = error.lineno
    message = plainly(" ".join(str(error).split()) or type(error).__name__)
    return Failure("template-error", at, line, printable(message, limit=200))


_LESS = "make the template do less: fewer or shorter loops"
_KINDS: tuple[
    tuple[type[BaseException] | tuple[type[BaseException], ...], str, str, str, bool], ...
] = (
    (TimeUpError, "template-limit", "rendering takes too long and was stopped", _LESS, True),
    (MemoryError, "template-limit", "rendering takes too much memory and was stopped", _LESS, True),
    (
        RecursionError,
        "template-limit",
        "a block, a macro or a list is nested without an end",
        "let it end by a condition",
        False,
    ),
    (
        SecurityError,
        "template-not-allowed",
        "only macros and allowed methods can be called",
        "",
        False,
    ),
    (TemplateNotFound, "template-error", "an included file is not there", "", False),
)


def _place(traceback: TracebackType | None) -> tuple[str, int] | None:
    """Return file and line of the innermost template that an error went through."""
    place = None
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template) and template.name:
            line = template.get_corresponding_lineno(_line(traceback))
            place = (template.name.partition("|")[2], line)
        traceback = traceback.tb_next
    return place


def _line(traceback: TracebackType) -> int:
    """Return the line of the code that runs, or the one before: a loop's jump back has none."""
    before = [
        line
        for start, _, line in traceback.tb_frame.f_code.co_lines()
        if line is not None and start <= traceback.tb_lasti
    ]
    return before[-1] if before else 0
