"""What `forge: options:` in storesync.yaml says of GitHub, and which API and token follow from it.

The options come from a file, the token from the environment; the file never decides that another
secret, or a token for another host, is sent somewhere.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError

OPTIONS = (
    *("repository", "url", "merge-method"),
    *("token-env", "app-id", "installation-id", "key-env"),
)
MERGE_METHODS = ("merge", "squash", "rebase")
PUBLIC = "https://api.github.com"
KEY_FILE = "STORESYNC_GITHUB_KEY_FILE"

_REPOSITORY = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,99})/([A-Za-z0-9_.-]{1,100})\Z")
# https://github.com/ada/campaigns.git, and git@github.com:ada/campaigns.git
_AT_END = re.compile(r"[/:]([A-Za-z0-9][A-Za-z0-9_-]{0,99})/([A-Za-z0-9_.-]{1,100}?)(?:\.git)?/?\Z")
# Not any secret of the surroundings can be named by a file: only what is called a token, or a key.
_TOKEN = re.compile(r"[A-Z][A-Z0-9_]{0,60}TOKEN\Z")
_KEY = re.compile(r"[A-Z][A-Z0-9_]{0,60}KEY_FILE\Z")
_NUMBER = re.compile(r"[0-9]{1,18}\Z")
_SECRET = re.compile(r"[!-~]{8,4000}\Z")


@dataclass(frozen=True, slots=True)
class Options:
    """Options understood: `repository` is owner/name, `api` an address without a slash at its end.

    `app` and `installation` are numbers of an App, empty where a token is used.
    """

    repository: str
    api: str
    merge_method: str
    token_names: tuple[str, ...]
    app: str = ""
    installation: str = ""
    key_name: str = KEY_FILE

    @property
    def owner(self) -> str:
        """Return whose the repository is: an organisation or a user."""
        return self.repository.partition("/")[0]


def read_options(options: Mapping[str, str], environment: Mapping[str, str]) -> Options:
    """Return what the options say. Raises UserError where one is unknown, absent or unsound.

    Without `url` it is the API named by GITHUB_API_URL, which GitHub Actions sets, else GitHub's
    own. Only for that one are GITHUB_TOKEN and GH_TOKEN; another host has tokens of its own.
    """
    for name in options:
        if name not in OPTIONS:
            hint = did_you_mean(name, OPTIONS) or f"it has {', '.join(OPTIONS)}"
            raise UserError(f'the forge github has no option "{printable(name)}"', hint=hint)
    repository = _checked(options, "repository", _REPOSITORY, "acme/campaigns")
    if not repository or repository.endswith((".git", "/.", "/..")):
        raise UserError(
            "the forge github does not know its repository",
            hint="write forge: options: {repository: acme/campaigns} in storesync.yaml",
        )
    method = options.get("merge-method", MERGE_METHODS[0])
    if method not in MERGE_METHODS:
        raise UserError(
            f'"{printable(method)}" is no way to merge', hint=f"one of {', '.join(MERGE_METHODS)}"
        )
    home = environment.get("GITHUB_API_URL", "").rstrip("/") or PUBLIC
    api = _api(options["url"]) if "url" in options else _checked_address(home)
    own = ("GITHUB_TOKEN", "GH_TOKEN")
    names = own if api in {home, PUBLIC} else ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
    named = _checked(options, "token-env", _TOKEN, "CAMPAIGNS_TOKEN")
    app = _checked(options, "app-id", _NUMBER, "123456")
    installation = _checked(options, "installation-id", _NUMBER, "12345678")
    if bool(app) != bool(installation):
        raise UserError(
            "an App needs both app-id and installation-id", hint="write both, or neither"
        )
    key = _checked(options, "key-env", _KEY, KEY_FILE) or KEY_FILE
    return Options(repository, api, method, (named,) if named else names, app, installation, key)


def named_by(address: str) -> str:
    """Return the owner/name of a repository by its address in Git. Raises UserError."""
    found = _AT_END.search(address)
    if found is None:
        # It may hold a token, so it is not shown.
        message = "the remote that branches are pushed to is at no address of a repository"
        raise UserError(message, hint="git remote -v shows it; git config remote.pushDefault FORK")
    return f"{found[1]}/{found[2]}"


def find_token(options: Options, environment: Mapping[str, str]) -> str:
    """Return the token of the environment. Raises UserError, which never shows it."""
    for name in options.token_names:
        token = environment.get(name, "").strip()
        if token and not _SECRET.match(token):
            raise UserError(
                f"{name} holds no token: it is too short, or has spaces in it",
                hint="set it to the token alone",
            )
        if token:
            return token
    host = urlsplit(options.api).hostname
    raise UserError(
        f"there is no token for {host}",
        hint=f"set {' or '.join(options.token_names)} in the environment; what it needs:"
        " docs/approval.md",
    )


def _checked(options: Mapping[str, str], name: str, sound: re.Pattern[str], example: str) -> str:
    value = options.get(name, "")
    if name in options and not sound.match(value):
        raise UserError(
            f'the forge github cannot take "{printable(value)}" for {name}',
            hint=f"write it like {example}",
        )
    return value


def _api(written: str) -> str:
    """Return the API of a GitHub's address: its own host, or /api/v3 on an Enterprise Server."""
    address = _checked_address(written.rstrip("/"))
    parts = urlsplit(address)
    host = parts.netloc.lower()
    if host in {"github.com", "www.github.com"}:
        return PUBLIC
    if parts.path or host.startswith("api."):
        return address
    return f"https://api.{host}" if host.endswith(".ghe.com") else f"{address}/api/v3"


def _checked_address(address: str) -> str:
    parts = urlsplit(address)
    is_plain = re.fullmatch(r"[a-z]+://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9/_-]*)?", address)
    if not is_plain or not parts.hostname or not (parts.scheme == "https" or _is_near(parts)):
        raise UserError(
            f'"{printable(address)}" is no address of a GitHub',
            hint="write url: https://github.example.com",
        )
    return address


def _is_near(parts: SplitResult) -> bool:
    """Say whether an address is one of this machine, where no network can be listened to."""
    try:
        return parts.scheme == "http" and ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
