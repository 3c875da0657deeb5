"""The address of a server that speaks OpenAI's API, and whether a key may go there."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from storesync.diagnostics import printable
from storesync.errors import UserError

KEY = "OPENAI_API_KEY"
HOME = "https://api.openai.com/v1"


def is_near(url: str) -> bool:
    """Say whether an address is this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(url: str) -> str:
    """Return the host and port of an address, safe to print and without a password."""
    return printable(urlsplit(url).netloc.rpartition("@")[2], limit=80)


def check_url(url: str, *, has_key: bool) -> None:
    """Raise UserError where a server's address would show the key to others on the way."""
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise UserError(
            "base_url holds a password, which everybody sees who reads storesync.yaml",
            hint=f"take it out, and set {KEY} instead",
        )
    if has_key and parts.scheme != "https" and not is_near(url):
        raise UserError(
            f"the key would go to {host_of(url)} unencrypted",
            hint=f"write https:// in base_url, or unset {KEY} where the server needs no key",
        )
