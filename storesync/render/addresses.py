"""Web addresses in templates: which schemes may come out, and campaign parameters."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from jinja2.exceptions import FilterArgumentError

from storesync.render import values

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# What a browser drops or skips before it reads the scheme (WHATWG URL, "basic URL parser").
_SKIPPED = re.compile("[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SAFE_TEXT = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\"'<>\\^`{|}\u200b-\u200f\u2028-\u202e\u2066-\u2069]+"
)
# Without a name before the host, as in https://bank.example@thief.example.
_WEB = re.compile(r"https?://[^/?#@\s:][^/?#@\s]*(?=[/?#]|\Z)", re.IGNORECASE)


def scheme_of(address: str) -> str:
    """Return the scheme a browser would see, in lower case, or an empty string for none."""
    match = _SCHEME.match(_SKIPPED.sub("", address))
    return match[1].lower() if match else ""


def url(value: object) -> str:
    """Return an address unchanged if it is a complete http(s), mailto or tel one, or `/path`.

    Raises FilterArgumentError, so that `javascript:` never reaches a customer.
    """
    return _sound(value) if type(value) is str else _checked(value)


def _checked(value: object) -> str:
    text = values.given(value, "url")
    if not isinstance(text, str) or len(text) > 2_000 or not _SAFE_TEXT.fullmatch(text):
        raise FilterArgumentError(f"url: {values.shown(text)} is not a web address")
    scheme = scheme_of(text)
    if scheme in {"http", "https"} and _WEB.match(text):
        return text
    if scheme in {"mailto", "tel"}:
        return text
    if not scheme and text.startswith(("/", "#")) and not text.startswith("//"):
        return text
    raise FilterArgumentError(
        f"url: {values.shown(text)} does not begin with https://, http://, mailto: or tel:,"
        " or has a name before its host"
    )


# Addresses that were let through; those refused are in no cache.
_sound = lru_cache(maxsize=512)(_checked)


def utm(value: object, source: str, medium: str = "", campaign: str = "") -> str:
    """Add utm_ parameters to an http(s) address; those already there stay."""
    text = url(value)
    parts = urlsplit(text)
    if parts.scheme.lower() not in {"http", "https"}:
        return text
    wanted = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign}
    known = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    there = {key for key, _ in known}
    added = {key: str(word)[:100] for key, word in wanted.items() if word and key not in there}
    query = "&".join(filter(None, (parts.query, urlencode(added, quote_via=quote))))
    return urlunsplit(parts._replace(query=query))
