"""How GitHub is asked: pages, limits of rate, answers that stay the same, and answers cut off."""

from __future__ import annotations

import contextlib
import json
import time
from email.utils import formatdate

import pytest

from storesync.builtin.github_answer import Refused
from storesync.builtin.github_client import MAX_PAGES, TRIES, is_below
from storesync.builtin.github_transport import Limits, Unreachable
from storesync.errors import UserError
from storesync.plugins.forge import Comment, ProposalQuery

ADA = "ghp_adaSECRETSECRET"
PULLS = "/repos/acme/campaigns/pulls"
REVIEWS = f"{PULLS}/1/reviews"


@pytest.fixture
def client(hub, client_of):
    return client_of(f"{hub.url}/api/v3", ADA)


def test_each_request_pins_the_version_and_says_who_asks(hub, client):
    client.get("/user")
    [asked] = hub.asked
    assert asked.headers["x-github-api-version"] == "2022-11-28"
    assert asked.headers["accept"] == "application/vnd.github+json"
    assert asked.headers["authorization"] == f"Bearer {ADA}"


def test_pages_are_followed_to_their_end(hub, client, odd_answers):
    hub.push("winter", "ada")
    hub.open("winter", "ada")
    said = [hub.say(1, "mia", "COMMENTED") for _ in range(3)]
    here = f"{hub.url}/api/v3"
    for number, item in enumerate(said, 2):
        link = f'<{here}/repositories/1/reviews?page={number}>; rel="next", <{here}/x>; rel="last"'
        hub.answer_next("reviews", 200, [item], Link=link if number < 4 else "")
    assert client.pages(REVIEWS, most=3) == said
    assert hub.asked[0].query == {"per_page": "100"}


@pytest.fixture
def endless(hub):
    for number in range(MAX_PAGES + 1):
        link = f'<{hub.url}/api/v3{REVIEWS}?page={number}>; rel="next"'
        hub.answer_next("reviews", 200, [], Link=link)


def test_pages_without_an_end_are_not_known(hub, client, endless):
    with pytest.raises(UserError, match="not all are known"):
        client.pages(REVIEWS)
    assert len(hub.asked) == MAX_PAGES


@pytest.mark.parametrize(
    "link",
    [
        "http://evil.example/repos/x",
        "https://{host}/api/v3/repos/x",
        "http://{host}@evil.example/api/v3/x",
        "http://{host}.evil.example/api/v3/x",
        "http://{host}\\@evil.example/api/v3/x",
        "http://{host}/elsewhere",
        "http://{host}/api/v3/../../elsewhere",
        "http://{host}/api/v3x/y",
        "//evil.example/api/v3/x",
        "/api/v3/x",
        "",
    ],
)
def test_pages_lead_to_no_other_host(hub, client, link):
    there = link.format(host=hub.url.removeprefix("http://"))
    hub.answer_next("reviews", 200, [], Link=f'<{there}>; rel="next"')
    with pytest.raises(UserError, match=r"goes on at another address|not as documented"):
        client.pages(REVIEWS)
    assert len(hub.asked) == 1


def test_addresses_of_the_api_are_known_as_such():
    api = "https://api.github.com"
    assert is_below("https://api.github.com/repositories/1/pulls?page=2&after=a%2Fb", api)
    assert not is_below("https://api.github.com", api)


def test_what_has_not_changed_is_not_sent_again(hub, client):
    first = client.get("/user")
    assert client.get("/user") == first
    one, two = hub.asked
    assert "if-none-match" not in one.headers
    assert two.headers["if-none-match"].startswith('"')
    hub.tokens[ADA] = "zoe"
    assert client.get("/user")["login"] == "zoe"


def test_not_modified_without_anything_known_is_no_answer(hub, client):
    hub.answer_next("user", 304)
    with pytest.raises(UserError, match="not as documented"):
        client.get("/user")


LIMITS = {
    "seconds": (429, {"Retry-After": "7"}, 7),
    "secondary": (403, {"Retry-After": "3"}, 3),
    "date": (403, {"Retry-After": formatdate(1_795_000_009, usegmt=True)}, 9),
    "date over": (429, {"Retry-After": formatdate(1_795_000_000 - 50, usegmt=True)}, 0),
    "reset": (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795000020"}, 21),
    "reset over": (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}, 1),
    "no word": (429, {}, 60),
    "garbage": (429, {"Retry-After": "soon"}, 60),
    "garbage reset": (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "-1"}, 60),
}


@pytest.mark.parametrize(("status", "headers", "seconds"), LIMITS.values(), ids=LIMITS)
def test_a_limit_of_rate_is_waited_for(hub, client, waits, status, headers, seconds):
    hub.answer_next("user", status, {"message": "slow down"}, **headers)
    assert client.get("/user")["login"] == "ada"
    assert waits.slept == seconds


def test_no_longer_than_there_is_patience(hub, client_of, waits):
    client = client_of(f"{hub.url}/api/v3", ADA, patience=10)
    for wait in ("8", "8"):
        hub.answer_next("user", 429, {"message": "slow down"}, Retry_After=wait)
    with pytest.raises(UserError, match="no more requests for 8 seconds"):
        client.get("/user")
    assert (waits.slept, len(hub.asked)) == (8, 2)


def test_what_a_limit_refused_may_be_sent_again_for_nothing_was_done(hub, forge_of, waits):
    hub.push("winter", "ada")
    hub.open("winter", "ada")
    [proposal] = forge_of("mia").proposals(ProposalQuery())
    hub.answer_next("comments", 200, [])
    hub.answer_next("comments", 429, {"message": "slow down"}, Retry_After="2")
    forge_of("mia").comment(Comment(proposal, "plan", "One", 0))
    assert (len(hub.comments[1]), waits.slept) == (1, 2)


def test_a_server_that_fails_is_asked_again_a_few_times(hub, client, waits):
    hub.answer_next("user", 502, b"<html>Bad Gateway")
    hub.answer_next("user", 503, b"")
    assert client.get("/user")["login"] == "ada"
    assert waits.slept == 3
    for _ in range(TRIES):
        hub.answer_next("user", 500, b"")
    with pytest.raises(Unreachable, match=r"GitHub failed \(500\)"):
        client.get("/user")
    assert len(hub.asked) == 3 + TRIES


@pytest.mark.parametrize("status", [500, 502, 503])
def test_what_changes_something_is_never_sent_twice(hub, client, waits, status):
    hub.answer_next("comments", status, b"")
    with pytest.raises(Unreachable):
        client.send("POST", "/repos/acme/campaigns/issues/1/comments", {"body": "x"})
    assert (len(hub.asked), waits.slept) == (1, 0)


def test_nor_is_it_where_the_connection_breaks(hub, client, waits):
    hub.answer_next("comments", 201, b"{}", Content_Length="900")
    with pytest.raises(Unreachable):
        client.send("POST", "/repos/acme/campaigns/issues/1/comments", {"body": "x"})
    assert (len(hub.asked), waits.slept) == (1, 0)


def stall(out):
    out.write(b'{"login": ')
    out.flush()
    time.sleep(3)


def drip(out):
    with contextlib.suppress(OSError):
        for _ in range(60):
            out.write(b" ")
            out.flush()
            time.sleep(0.05)


def flood(out):
    with contextlib.suppress(OSError):
        for _ in range(300):
            out.write(b" " * 10_000)


CUT_OFF = {
    "no byte for too long": (stall, {}, "ConnectionError|Timeout"),
    "a byte now and then": (drip, {}, "not finished after"),
    "too large": (flood, {}, "over 1,000,000 bytes"),
    "less than promised": (
        b"{}",
        {"Content-Length": "900"},
        "IncompleteRead|ProtocolError|Timeout",
    ),
}


@pytest.mark.parametrize(("body", "headers", "why"), CUT_OFF.values(), ids=CUT_OFF)
def test_an_answer_ends_in_time_and_size(hub, client_of, body, headers, why, odd_answers):
    limits = Limits(silence=0.4, total=0.6, body=1_000_000)
    client = client_of(f"{hub.url}/api/v3", ADA, patience=0, limits=limits)
    hub.answer_next("user", 200, body, **headers)
    begin = time.monotonic()
    with pytest.raises(Unreachable, match=why):
        client.get("/user")
    assert time.monotonic() - begin < 3


def test_a_packed_body_counts_as_it_is_unpacked(hub, client_of):
    import gzip

    client = client_of(f"{hub.url}/api/v3", ADA, patience=0, limits=Limits(body=1_000_000))
    bomb = gzip.compress(b" " * 50_000_000)
    hub.answer_next("user", 200, bomb, Content_Encoding="gzip")
    with pytest.raises(Unreachable, match="over 1,000,000 bytes"):
        client.get("/user")


def test_nobody_there_is_said_without_the_token(client_of):
    client = client_of("http://127.0.0.1:9", ADA, patience=0)
    with pytest.raises(Unreachable, match="ConnectionError") as caught:
        client.get("/user")
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(hub, client, status):
    hub.answer_next("user", status, {}, Location=f"{hub.url}/api/v3/elsewhere")
    with pytest.raises(UserError, match=rf"somewhere else now \({status}\)"):
        client.get("/user")
    assert [asked.path for asked in hub.asked] == ["/user"]


GARBAGE = {
    "a page": b"<!doctype html><title>Sign in</title>",
    "cut off": b'{"login": "ada", "type": "Us',
    "nothing": b"",
    "not UTF-8": b'{"login": "\xff"}',
    "too deep": b"[" * 200_000,
    "not a number": b'{"id": NaN}',
    "many digits": b'{"id": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
def test_what_is_no_json_is_not_known(hub, client, body, odd_answers):
    hub.answer_next("user", 200, body, Content_Type="text/html")
    with pytest.raises(UserError, match="cannot be read as JSON"):
        client.get("/user")


def test_a_token_that_is_over_is_said_so(hub, client):
    client.get("/user")
    del hub.tokens[ADA]
    with pytest.raises(UserError, match="does not accept the token"):
        client.get(PULLS)


def test_a_refusal_says_why_and_which_permission_is_missing(hub, client):
    message = {"message": "Not\u202ethat", "errors": [{"message": "one"}, "two", 3, {"code": "x"}]}
    needs = {"x-accepted-github-permissions": "pull_requests=write"}
    hub.answer_next("user", 403, message, **needs)
    with pytest.raises(Refused) as caught:
        client.get("/user")
    assert caught.value.message == "GitHub refused: Not\\u202ethat; one; two (403)"
    assert caught.value.hint == "the token needs: pull_requests=write"
    for body in (b"<html>", b"[]", json.dumps({"message": 7}).encode()):
        hub.answer_next("user", 422, body)
        with pytest.raises(Refused, match=r"without a reason \(422\)"):
            client.get("/user")
