"""Which repository, which API and whose token: options come from a file, secrets never do."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from time import time

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from storesync.builtin.github_auth import AppKey, Installation, Token
from storesync.builtin.github_client import Client
from storesync.builtin.github_options import PUBLIC, find_token, read_options
from storesync.builtin.github_transport import Transport
from storesync.errors import UserError
from storesync.plugins.forge import ForgeSetting
from storesync.plugins.registry import open_forge

REPOSITORY = {"repository": "acme/campaigns"}
SECRET = "ghp_TheVerySecretOne"
ADDRESSES = {
    "": PUBLIC,
    "https://github.com": PUBLIC,
    "https://github.com/": PUBLIC,
    "https://api.github.com": PUBLIC,
    "https://github.acme.com": "https://github.acme.com/api/v3",
    "https://github.acme.com:8443/": "https://github.acme.com:8443/api/v3",
    "https://github.acme.com/api/v3": "https://github.acme.com/api/v3",
    "https://acme.ghe.com": "https://api.acme.ghe.com",
    "http://127.0.0.1:4000": "http://127.0.0.1:4000/api/v3",
}


@pytest.mark.parametrize(("written", "api"), ADDRESSES.items())
def test_the_api_of_an_address(written, api):
    url = {"url": written} if written else {}
    assert read_options(REPOSITORY | url, {}).api == api


def test_actions_say_where_their_api_is():
    surroundings = {"GITHUB_API_URL": "https://github.acme.com/api/v3"}
    assert read_options(REPOSITORY, surroundings).api == "https://github.acme.com/api/v3"


WRONG = {
    "no repository": {},
    "a repository without owner": {"repository": "campaigns"},
    "a repository's address": {"repository": "https://github.com/acme/campaigns"},
    "a path": {"repository": "acme/.."},
    "a clone's name": {"repository": "acme/campaigns.git"},
    "a misspelt option": {**REPOSITORY, "tokenenv": "X_TOKEN"},
    "a merge method": {**REPOSITORY, "merge-method": "octopus"},
    "plain http": {**REPOSITORY, "url": "http://github.acme.com"},
    "somebody in the address": {**REPOSITORY, "url": "https://github.com@evil.example"},
    "a question in the address": {**REPOSITORY, "url": "https://evil.example?x=github.com"},
    "no address": {**REPOSITORY, "url": "github.com"},
    "another secret as token": {**REPOSITORY, "token-env": "AWS_SECRET_ACCESS_KEY"},
    "another file as key": {**REPOSITORY, "key-env": "HOME"},
    "an App without installation": {**REPOSITORY, "app-id": "12"},
    "an App that is a word": {**REPOSITORY, "app-id": "bot", "installation-id": "1"},
}


@pytest.mark.parametrize("options", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_what_to_write(options):
    with pytest.raises(UserError) as caught:
        read_options(options, {})
    assert caught.value.hint


TOKENS = {
    "github's own": ({}, {"GITHUB_TOKEN": SECRET}, SECRET),
    "the other name": ({}, {"GH_TOKEN": SECRET, "GITHUB_TOKEN": " "}, SECRET),
    "a name of one's own": ({"token-env": "PLAN_TOKEN"}, {"PLAN_TOKEN": SECRET}, SECRET),
    "only that name": ({"token-env": "PLAN_TOKEN"}, {"GITHUB_TOKEN": SECRET}, None),
    "none": ({}, {}, None),
    "for another host": ({"url": "https://evil.example"}, {"GITHUB_TOKEN": SECRET}, None),
    "of that host": ({"url": "https://git.acme.com"}, {"GH_ENTERPRISE_TOKEN": SECRET}, SECRET),
    "of that host, not for github.com": ({}, {"GH_ENTERPRISE_TOKEN": SECRET}, None),
    "of Actions there": (
        {"url": "https://git.acme.com"},
        {"GITHUB_TOKEN": SECRET, "GITHUB_API_URL": "https://git.acme.com/api/v3"},
        SECRET,
    ),
    "with a line end inside": ({}, {"GITHUB_TOKEN": f"{SECRET}\nX-Evil: 1"}, None),
}


@pytest.mark.parametrize(("options", "environment", "token"), TOKENS.values(), ids=TOKENS)
def test_a_token_is_for_its_own_host(options, environment, token):
    read = read_options(REPOSITORY | options, environment)
    if token is not None:
        assert find_token(read, environment) == token
        return
    with pytest.raises(UserError) as caught:
        find_token(read, environment)
    assert caught.value.hint
    assert SECRET not in str(caught.value)


def opened(tmp_path: Path, **options: str):
    setting = ForgeSetting(tmp_path, "main", None, REPOSITORY | options, {})
    return open_forge("github", setting, ["github"])


def test_the_plug_in_is_opened_by_its_name(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", SECRET)
    assert opened(tmp_path).capabilities.proves_identity
    monkeypatch.delenv("GITHUB_TOKEN")
    with pytest.raises(UserError, match=r"no token for api.github.com"):
        opened(tmp_path)


def test_without_its_packages_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", SECRET)
    for name in [name for name in sys.modules if name.partition(".")[0] == "github3"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "github3", None)
    with pytest.raises(UserError) as caught:
        opened(tmp_path)
    assert caught.value.hint == 'pip install "storesync[github]"'


def test_no_secret_is_shown(hub, client_of):
    token = Token(SECRET)
    assert SECRET not in repr(token) + str(token) + repr(vars(Transport(token)))
    hub.tokens.clear()
    for url in ("http://127.0.0.1:9", f"{hub.url}/api/v3"):  # nobody there; not accepted
        with pytest.raises(UserError) as caught:
            client_of(url, SECRET, patience=0).get("/user")
        assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_netrc_takes_no_token_s_place(hub, client_of, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login eve password ghp_eve\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert client_of(f"{hub.url}/api/v3", "ghp_adaSECRETSECRET").get("/user")["login"] == "ada"


@pytest.fixture(scope="module")
def pem() -> bytes:
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.mark.slow
def test_an_app_gets_itself_a_token_for_an_hour(emulated, app_pem):
    """The App of `emulate`: it checks the signature."""
    now = [0.0]

    def clock() -> float:
        return time() + now[0]

    options = read_options(
        REPOSITORY | {"url": emulated.url, "app-id": "77", "installation-id": "88"}, {}
    )
    asker = Client(emulated.url, Transport(AppKey("77", app_pem, clock)))
    app = Installation(options, asker, clock)
    first = app.header()
    assert first.startswith("Bearer ghs_")
    assert app.header() == first
    assert app.login() == "storesync-demo[bot]"
    client = Client(emulated.url, Transport(app))
    assert client.pages("/repos/acme/campaigns/pulls") is not None
    now[0] = 56 * 60
    second = app.header()
    assert second.startswith("Bearer ghs_")
    assert second != first
    assert "ghs_" not in repr(app)


@pytest.mark.slow
def test_an_app_with_another_key_is_refused(emulated, pem):
    options = read_options(REPOSITORY | {"app-id": "77", "installation-id": "88"}, {})
    asker = Client(emulated.url, Transport(AppKey("77", pem, time)))
    with pytest.raises(UserError, match="does not accept the token"):
        Installation(options, asker, time).header()


def test_an_app_s_key_is_a_file(tmp_path, monkeypatch):
    app = {"app-id": "77", "installation-id": "88"}
    with pytest.raises(UserError, match="no private key"):
        opened(tmp_path, **app)
    monkeypatch.setenv("STORESYNC_GITHUB_KEY_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(UserError, match="No such file"):
        opened(tmp_path, **app)
    (tmp_path / "bad.pem").write_text("not a key")
    monkeypatch.setenv("STORESYNC_GITHUB_KEY_FILE", str(tmp_path / "bad.pem"))
    forge = opened(tmp_path, **app)
    with pytest.raises(UserError, match="private key cannot be read") as caught:
        forge.login()
    assert "not a key" not in "".join(traceback.format_exception(caught.value))
