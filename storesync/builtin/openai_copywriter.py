"""The copywriter `openai`: chat completions of any compatible server, with structured output.

OpenAI itself needs a key in the environment; a local server (Ollama, llama.cpp, vLLM) only needs
`base_url`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from typing import Any

from storesync.builtin import openai_prompt
from storesync.builtin.openai_answer import draft_of
from storesync.builtin.openai_batch import Batches
from storesync.builtin.openai_client import Client
from storesync.builtin.openai_url import HOME, KEY
from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError
from storesync.plugins.copywriter import (
    Batch,
    Brief,
    CopywriterCapabilities,
    CopywriterSetting,
    Draft,
    Usage,
)

# What a server is asked for, from the strictest on; one that has not the one gets the next.
STYLES = ("schema", "object", "text")
OPTIONS = ("format", "limit", "reasoning-effort", "seed")
_LIMITS = ("max_completion_tokens", "max_tokens")


def open_openai(setting: CopywriterSetting) -> OpenAICopywriter:
    """Return the copywriter for a setting; the key is read from the environment.

    Raises UserError where the key is missing and nothing but OpenAI itself is named, and where
    an option is unknown.
    """
    key = os.environ.get(KEY, "").strip()
    if not key and not setting.base_url:
        raise UserError(
            f"{KEY} is not set, which OpenAI needs",
            hint=f"set {KEY} in the environment, or name a local server, which needs no key:"
            " copywriter: {base_url: http://127.0.0.1:11434/v1, model: …} in storesync.yaml",
        )
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise UserError(f"{KEY} holds characters that no key has", hint="set it again, whole")
    _check_options(setting.options)
    return OpenAICopywriter(setting, Client(setting.base_url, key, setting.timeout))


def _check_options(options: Mapping[str, str]) -> None:
    for name in options:
        if name not in OPTIONS:
            hint = did_you_mean(name, OPTIONS) or f"it has {', '.join(OPTIONS)}"
            raise UserError(f'the copywriter has no option "{printable(name)}"', hint=hint)
    for name, allowed in (("format", STYLES), ("limit", _LIMITS)):
        if name in options and options[name] not in allowed:
            raise UserError(
                f'the copywriter\'s option {name} cannot be "{printable(options[name])}"',
                hint=f"it is one of {', '.join(allowed)}",
            )
    if not options.get("seed", "0").isdecimal():
        raise UserError("the copywriter's option seed is no number", hint="write seed: 7")


class OpenAICopywriter:
    """A copywriter and a batch copywriter; see `plugins.copywriter`."""

    def __init__(self, setting: CopywriterSetting, client: Client) -> None:
        self._setting = setting
        self._client = client
        self._style = setting.options.get("format", STYLES[0])
        self._style_lock = threading.Lock()
        self._batches = Batches(client, self)
        self.capabilities = CopywriterCapabilities(
            setting.model,
            _parameters(setting),
            openai_prompt.INSTRUCTIONS,
            can_batch=True,
            server=client.url,
        )

    def most(self, brief: Brief) -> Usage:
        """Return the most tokens of one request: bytes sent, and `max_output`."""
        sent = openai_prompt.messages(brief)
        form = openai_prompt.response_format(brief, STYLES[0])
        return Usage(openai_prompt.most_input(sent, form), self._setting.max_output)

    def write(self, brief: Brief) -> Draft:
        """Ask once; a server that lacks structured output is asked for less, from then on."""
        from openai import BadRequestError, UnprocessableEntityError

        while True:
            style = self._style
            try:
                body = self._client.complete(self.request(brief, style))
            except (BadRequestError, UnprocessableEntityError) as error:
                if not self._weaken(style, error):
                    said = self._client.words_of(error)
                    raise UserError(
                        f"the server refused the request: {said}",
                        hint="check copywriter: in storesync.yaml (model, temperature, options)",
                    ) from error
            else:
                return draft_of(body, brief, self.most(brief))

    def _weaken(self, style: str, error: Any) -> bool:
        """Ask for less from now on, if it was the form of the answer that was refused."""
        said = f"{getattr(error, 'param', '')} {self._client.words_of(error)}".lower()
        is_form = any(word in said for word in ("response_format", "json_schema", "json_object"))
        if not is_form or style == STYLES[-1]:
            return False
        with self._style_lock:
            if self._style == style:
                self._style = STYLES[STYLES.index(style) + 1]
        return True

    def request(self, brief: Brief, style: str = "") -> dict[str, Any]:
        """Return the body of a request."""
        setting = self._setting
        request: dict[str, Any] = {
            "model": setting.model,
            "messages": openai_prompt.messages(brief),
            _limit(setting): setting.max_output,
        }
        if form := openai_prompt.response_format(brief, style or self._style):
            request["response_format"] = form
        if setting.temperature is not None:
            request["temperature"] = float(setting.temperature)
        if "seed" in setting.options:
            request["seed"] = int(setting.options["seed"])
        if "reasoning-effort" in setting.options:
            request["reasoning_effort"] = setting.options["reasoning-effort"]
        return request

    def find(self, key: str) -> Batch | None:
        """Return the newest batch with a key."""
        return self._batches.find(key)

    def submit(self, key: str, briefs: Mapping[str, Brief]) -> Batch:
        """Hand in briefs as one batch."""
        return self._batches.submit(key, briefs)

    def collect(self, batch: Batch, briefs: Mapping[str, Brief]) -> Mapping[str, Draft]:
        """Return the answers of a batch."""
        return self._batches.collect(batch, briefs)


def _limit(setting: CopywriterSetting) -> str:
    """Return the name of the bound: OpenAI's newer models know one, other servers the older."""
    is_home = setting.base_url.rstrip("/") in {"", HOME}
    return setting.options.get("limit", _LIMITS[0] if is_home else _LIMITS[1])


def _parameters(setting: CopywriterSetting) -> dict[str, str]:
    told = {
        name.replace("-", "_"): value for name, value in setting.options.items() if name != "limit"
    }
    told["model"] = setting.model
    told["prompt"] = openai_prompt.VERSION
    told["max_output_tokens"] = str(setting.max_output)
    if setting.temperature is not None:
        told["temperature"] = str(setting.temperature)
    return told
