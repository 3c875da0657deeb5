"""The body of a chat completion -> a draft. Nothing in it is believed to be as it should."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeGuard

from storesync.diagnostics import printable
from storesync.plugins.copywriter import Brief, Draft, Usage

_MOST_TOKENS = 100_000_000
# What reasoning models put around their thoughts: DeepSeek and Qwen the first, Mistral the last.
_TAG = r"(?:<{0}(?:think|thinking|thought|reasoning)>|\[{0}think\])"
_THOUGHT_BEGINS = re.compile(r"\s*" + _TAG.format(""), re.IGNORECASE)
_THOUGHT_ENDS = re.compile(_TAG.format("/"), re.IGNORECASE)


def draft_of(body: bytes, brief: Brief, most: Usage) -> Draft:
    """Return the draft in an answer's bytes; `most` counts where the server does not say."""
    data = parsed(body)
    if data is None:
        return Draft({}, most, fault="the server's answer is no JSON object")
    return draft_from(data, brief, most)


def draft_from(data: Mapping[str, Any], brief: Brief, most: Usage) -> Draft:
    """Return the draft in a chat completion; see `draft_of`."""
    usage = _usage(data.get("usage"), most)
    model = data.get("model")
    named = printable(model, limit=100) if isinstance(model, str) else ""
    content, fault = _content(data)
    if fault:
        return Draft({}, usage, named, fault)
    values, fault = values_of(content, brief)
    return Draft(values, usage, named, fault)


def _content(data: Mapping[str, Any]) -> tuple[str, str]:
    """Return the text of the first choice, and why there is none that can be used."""
    choices = data.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        return "", _no_message(data.get("error"))
    refusal, content = message.get("refusal"), message.get("content")
    if refusal:
        return "", f"the model refused: {printable(str(refusal), limit=120)}"
    said = spoken(_text_of(content))
    reason = choice.get("finish_reason")
    # The package raises nothing on these two.
    if reason == "length":
        when = "the answer was cut off" if said else "the model thought until it was cut off"
        return "", f"{when}: raise max_output_tokens"
    if reason == "content_filter":
        return "", "the server's filter held the answer back"
    if said:
        return said, ""
    called = message.get("tool_calls") or message.get("function_call")
    return "", "the model called a tool and wrote nothing" if called else "the answer is empty"


def spoken(content: str) -> str:
    """Return what a model says after its thoughts, "" where it only thinks.

    Servers leave out the tag that begins them where it is part of what the model was asked.
    """
    if content.lstrip().startswith("{"):
        return content  # JSON is none, even if a text of it speaks of a tag
    said = _THOUGHT_ENDS.split(content)[-1]
    return "" if _THOUGHT_BEGINS.match(said) else said.strip()


def _text_of(content: object) -> str:
    """Return the text of a message: some servers send it in parts."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _no_message(error: object) -> str:
    """Return that there is no message, with what the server says in place of one."""
    said = error.get("message") if isinstance(error, dict) else error
    if not isinstance(said, str) or not said.strip():
        return "the server's answer has no message"
    return f"the server answered with an error: {printable(' '.join(said.split()), limit=120)}"


def values_of(content: str, brief: Brief) -> tuple[dict[str, list[str]], str]:
    """Return the texts by field, and what is wrong with the shape of the answer."""
    data = only_object(content)
    if data is None:
        return {}, "the answer is no JSON object, or is cut off"
    names = [item.name for item in brief.fields]
    missing = [name for name in names if name not in data]
    if missing:
        return {}, f"the answer lacks {', '.join(missing)}"
    if more := [printable(name, limit=40) for name in data if name not in names]:
        return {}, f"the answer has more than was asked for: {', '.join(more[:3])}"
    values = {}
    for name in names:
        given = data[name]
        texts = [given] if isinstance(given, str) else given
        if not isinstance(texts, list) or not all(map(_is_text, texts)):
            return {}, f"{name} is no text"
        if len(texts) != brief.variants:
            return {}, f"{name} has {len(texts)} texts instead of {brief.variants}"
        values[name] = [text.strip() for text in texts]  # no draft is worse for a blank
    return values, ""


def only_object(content: str) -> dict[str, Any] | None:
    """Return the one JSON object of an answer, None where there is none, or more than one.

    Models without schemas put it into a fence, or say "Here you go:" before it.
    """
    try:
        data, end = json.JSONDecoder().raw_decode(content, content.index("{"))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and "{" not in content[end:] else None


def _is_text(value: object) -> bool:
    """Say whether a value can be written to a file: JSON can hold half of a character."""
    return isinstance(value, str) and value.encode("utf-8", "replace").decode() == value


def parsed(body: bytes) -> dict[str, Any] | None:
    """Return a JSON object, None where the bytes are no whole one."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _usage(given: object, most: Usage) -> Usage:
    if not isinstance(given, dict):
        return most
    read, written = given.get("prompt_tokens"), given.get("completion_tokens")
    # None read is none counted: every request says something.
    if _is_count(read) and read and _is_count(written):
        return Usage(read, written)
    return most


def _is_count(value: object) -> TypeGuard[int]:
    """Say whether a value is a number of tokens; true and false are ints, too."""
    return type(value) is int and 0 <= value <= _MOST_TOKENS
