"""The plug-in `openai` against servers on this machine; no test needs the internet."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_server import Answer, Model, brief_of, completion, serve, sound

sys.path.insert(0, str(Path(__file__).parents[1] / "contracts"))

from copywriter import BRIEF, CopywriterContract

from storesync.builtin.openai_answer import draft_of, values_of
from storesync.builtin.openai_client import retry_after
from storesync.builtin.openai_copywriter import OpenAICopywriter, open_openai
from storesync.builtin.openai_prompt import messages
from storesync.errors import UserError
from storesync.plugins.copywriter import CopywriterSetting, TryLater, Usage

KEY = "sk-test-SECRETSECRETSECRET"
MOST = Usage(1_000, 500)


@pytest.fixture
def setting(model: Model, tmp_path: Path) -> CopywriterSetting:
    return CopywriterSetting(tmp_path, "tiny", model.url, timeout=20, max_output=500)


@pytest.fixture
def copywriter(setting: CopywriterSetting) -> OpenAICopywriter:
    return open_openai(setting)


class TestContract(CopywriterContract):
    pass


class TestWithLLMock(CopywriterContract):
    """The same with PyPI's llmock as the server."""

    @pytest.fixture
    def copywriter(self, llmock, tmp_path: Path) -> OpenAICopywriter:
        setting = CopywriterSetting(tmp_path, "gpt-4o-mini", llmock.base_url(), timeout=5)
        return open_openai(setting)

    def test_as_many_variants_as_asked_for(self, llmock, copywriter):
        texts = {"headline": ["a", "b", "c"], "message": ["d", "e", "f"]}
        llmock.reply(json.dumps(texts))
        assert copywriter.write(replace(BRIEF, variants=3)).values == texts

    def test_errors_are_to_be_tried_later_as_the_server_says(self, llmock, copywriter):
        llmock.rate_limit(retry_after=7)
        with pytest.raises(TryLater) as limited:
            copywriter.write(BRIEF)
        assert (limited.value.after, limited.value.counted) == (7, False)
        llmock.fail(500)
        with pytest.raises(TryLater, match="500"):
            copywriter.write(BRIEF)
        assert not copywriter.write(BRIEF).fault

    def test_a_context_that_is_too_long_is_told(self, llmock, copywriter):
        llmock.context_overflow()
        with pytest.raises(UserError, match="maximum context length"):
            copywriter.write(BRIEF)

    def test_an_answer_that_was_cut_off(self, llmock, copywriter):
        from llmock.scenarios import Reply

        llmock.add(Reply('{"headline": "Wa', finish_reason="length"))
        assert "cut off" in copywriter.write(BRIEF).fault

    def test_a_slow_answer_is_given_up(self, llmock, tmp_path):
        llmock.delay(1)
        setting = CopywriterSetting(tmp_path, "m", llmock.base_url(), timeout=0.3)
        with pytest.raises(TryLater) as caught:
            open_openai(setting).write(BRIEF)
        assert caught.value.counted


def test_the_request_says_what_is_wanted(model, copywriter):
    copywriter.write(BRIEF)
    (request,) = model.requests
    assert request["model"] == "tiny"
    assert request["max_tokens"] == 500
    form = request["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"]["required"] == ["headline", "message"]
    assert form["schema"]["additionalProperties"] is False
    assert brief_of(request)["facts"] == dict(BRIEF.facts)
    assert "temperature" not in request


def test_parameters_go_along(model, setting):
    options = {"seed": "7", "reasoning-effort": "low", "limit": "max_completion_tokens"}
    full = replace(setting, temperature=0.5, options=options)
    open_openai(full).write(BRIEF)
    (request,) = model.requests
    names = ("temperature", "seed", "reasoning_effort", "max_completion_tokens")
    assert [request[name] for name in names] == [0.5, 7, "low", 500]


def test_without_a_key_openai_says_what_to_set(setting):
    with pytest.raises(UserError, match="OPENAI_API_KEY is not set") as caught:
        open_openai(replace(setting, base_url=""))
    assert "base_url" in caught.value.hint


@pytest.mark.parametrize("key", ["sk-é", "sk-a sk-b", "sk-a\nX: b"])
def test_what_is_no_key_is_told_and_not_shown(setting, monkeypatch, key):
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(UserError, match="no key has") as caught:
        open_openai(setting)
    assert "sk-" not in caught.value.message


def test_a_local_server_needs_no_key(model, copywriter):
    assert not copywriter.write(BRIEF).fault


def test_the_key_goes_to_the_server_and_into_no_message(model, setting, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    echo = {"error": {"message": f"Incorrect API key provided: {KEY}", "code": "invalid_api_key"}}
    model.script = [Answer(echo, status=401)]
    with pytest.raises(UserError) as caught:
        open_openai(setting).write(BRIEF)
    sent = {name.lower(): value for name, value in model.headers[0].items()}
    assert sent["authorization"] == f"Bearer {KEY}"
    assert KEY not in f"{caught.value.message}{caught.value.hint}"
    assert "***" in caught.value.message


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("http://llm.example.com/v1", "unencrypted"),
        ("http://127.0.0.1.example.com/v1", "unencrypted"),
        ("http://me:secret@127.0.0.1/v1", "holds a password"),
        ("https://llm.example.com/v1", ""),
        ("http://localhost:11434/v1", ""),
        ("http://[::1]:8000/v1", ""),
    ],
)
def test_a_key_goes_nowhere_in_the_clear(setting, monkeypatch, url, refused):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    named = replace(setting, base_url=url)
    if not refused:
        assert open_openai(named)
        return
    with pytest.raises(UserError, match=refused) as caught:
        open_openai(named)
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"fromat": "object"}, 'no option "fromat"'),
        ({"format": "xml"}, 'cannot be "xml"'),
        ({"limit": "none"}, 'cannot be "none"'),
        ({"seed": "x"}, "seed is no number"),
    ],
)
def test_options_that_are_not_there_are_named(setting, options, said):
    with pytest.raises(UserError, match=said):
        open_openai(replace(setting, options=options))


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503])
def test_what_may_pass_is_to_be_tried_later(model, copywriter, status):
    model.script = [Answer({"error": {"message": "busy"}}, status, {"retry-after": "3"})]
    with pytest.raises(TryLater, match="busy") as caught:
        copywriter.write(BRIEF)
    assert caught.value.after == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_what_will_not_pass_ends_the_run(model, copywriter, status):
    model.script = [Answer({"error": {"message": "no"}}, status)]
    with pytest.raises(UserError, match="no"):
        copywriter.write(BRIEF)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"error": "no such model\x1b[2J"}, r"no such model\\u001b"),
        ({"detail": "Not Found"}, "Not Found"),
        ({"detail": [{"loc": ["body", "seed"], "msg": "too large"}]}, '"seed".*too large'),
        ("plain words", "plain words"),
        (b"<html><body>Bad request</body></html>", "Error code: 400"),
        ({}, "Error code: 400"),
        ([], "Error code: 400"),
        ({"error": {"message": 5}}, "Error code: 400"),
    ],
)
def test_servers_say_what_is_wrong_in_many_ways(model, copywriter, body, said):
    model.script = [Answer(body, 400)]
    with pytest.raises(UserError, match=said):
        copywriter.write(BRIEF)


def test_a_quota_that_is_used_up_is_not_waited_for(model, copywriter):
    spent = {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}}
    model.script = [Answer(spent, 429)]
    with pytest.raises(UserError, match="exceeded your quota"):
        copywriter.write(BRIEF)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(model, setting, monkeypatch, status):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serve() as elsewhere:
        model.script = [Answer({}, status, {"location": f"{elsewhere.url}/chat/completions"})]
        with pytest.raises(UserError, match=f"answered {status}: it sends on") as caught:
            open_openai(setting).write(BRIEF)
        assert elsewhere.calls == []
    assert "base_url" in caught.value.hint
    assert len(model.requests) == 1


def test_a_connection_that_is_cut_may_have_been_counted(model, copywriter):
    answer = sound({"messages": messages(BRIEF)})
    model.script = [replace(answer, break_at=40)]
    with pytest.raises(TryLater) as caught:
        copywriter.write(BRIEF)
    assert caught.value.counted


def test_a_server_that_is_not_there_counts_nothing(setting):
    with pytest.raises(TryLater, match="cannot be reached") as caught:
        open_openai(replace(setting, base_url="http://127.0.0.1:9/v1")).write(BRIEF)
    assert not caught.value.counted


def test_a_server_that_is_silent_is_given_up(model, setting):
    model.script = [replace(sound({"messages": messages(BRIEF)}), pause=2)]
    with pytest.raises(TryLater, match="did not answer") as caught:
        open_openai(replace(setting, timeout=0.2)).write(BRIEF)
    assert caught.value.counted


@contextmanager
def dripping(status: str, size: int, pause: float) -> Iterator[str]:
    """Run a server that answers `size` bytes at a time, for longer than anybody waits."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            line, _ = listener.accept()
            with line, suppress(OSError):
                line.recv(65_536)
                line.sendall(f"HTTP/1.1 {status}\r\nconnection: close\r\n\r\n".encode())
                until = time.monotonic() + 4
                while time.monotonic() < until:
                    line.sendall(b" " * size)
                    time.sleep(pause)

        thread = threading.Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        thread.join()


@pytest.mark.parametrize("status", ["200 OK", "400 Bad Request", "500 Oops"])
@pytest.mark.parametrize(
    ("size", "pause", "said"), [(1, 0.05, "in time"), (262_144, 0, "did not end")]
)
def test_an_answer_without_end_is_given_up(setting, status, size, pause, said):
    with dripping(status, size, pause) as url:
        started = time.monotonic()
        with pytest.raises(TryLater, match=said) as caught:
            open_openai(replace(setting, base_url=url, timeout=0.6)).write(BRIEF)
        assert time.monotonic() - started < 2.5
    assert caught.value.counted


def test_the_head_says_nothing_of_this_machine(model, setting, monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-private")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-private")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-private: private")
    open_openai(setting).write(BRIEF)
    (sent,) = model.headers
    assert {name.lower() for name in sent} <= {
        *("host", "accept", "accept-encoding", "connection", "authorization", "user-agent"),
        *("content-length", "content-type"),
    }
    assert sent["user-agent"] == "storesync"
    assert "private" not in str(sent)


def test_what_is_for_this_machine_goes_through_no_proxy(model, setting, monkeypatch):
    with serve() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        assert not open_openai(setting).write(BRIEF).fault
        assert proxy.headers == []
    assert len(model.requests) == 1


def test_an_answer_with_the_key_in_it_comes_without(model, setting, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    answer = completion(json.dumps(FIELDS | {"headline": f"Say {KEY}"}))
    model.script = [Answer(answer | {"model": KEY}), Answer(completion(None, refusal=KEY))]
    copywriter = open_openai(setting)
    drafts = [copywriter.write(BRIEF), copywriter.write(BRIEF)]
    assert KEY not in str(drafts)
    assert drafts[0].values["headline"] == ["Say ***"]


def test_a_gateway_that_gave_up_may_have_been_counted(model, copywriter):
    model.script = [Answer({}, 504), Answer({}, 503)]
    for counted in (True, False):
        with pytest.raises(TryLater) as caught:
            copywriter.write(BRIEF)
        assert caught.value.counted == counted


def test_a_batch_is_asked_for_in_the_form_of_the_settings(setting):
    copywriter = open_openai(replace(setting, options={"format": "object"}))
    assert copywriter.request(BRIEF)["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize(
    "refusal",
    [
        Answer({"error": {"message": "unsupported response_format json_schema"}}, 400),
        Answer({"detail": [{"loc": ["body", "response_format"], "msg": "no such type"}]}, 422),
    ],
)
def test_a_server_without_schemas_is_asked_for_less(model, copywriter, refusal):
    def old(request):
        form = request.get("response_format", {}).get("type")
        if form == "json_schema":
            return refusal
        if form == "json_object":
            return Answer({"error": {"message": "unknown", "param": "response_format"}}, 400)
        return sound(request)

    model.behave = old
    assert not copywriter.write(BRIEF).fault
    assert not copywriter.write(BRIEF).fault
    forms = [item.get("response_format", {}).get("type") for item in model.requests]
    assert forms == ["json_schema", "json_object", None, None], "it asks for the most it can have"


FIELDS = {"headline": "Warm hands", "message": "A cup that fits"}
CALLED = completion(None, finish="tool_calls")
CALLED["choices"][0]["message"]["tool_calls"] = [{"id": "t", "type": "function"}]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (completion(json.dumps(FIELDS)), ""),
        (completion(f"```json\n{json.dumps(FIELDS)}\n```"), ""),
        (completion(f"Here you go:\n```json\n{json.dumps(FIELDS)}\n```\nEnjoy!"), ""),
        (completion(f"```JSON\r\n{json.dumps(FIELDS)}\r\n```\r\n"), ""),
        (completion(f"```{json.dumps(FIELDS)}```"), ""),
        (completion(f"Or this: {json.dumps(FIELDS)} or {json.dumps(FIELDS)}"), "no JSON object"),
        (completion(None), "empty"),
        (completion("  "), "empty"),
        (completion([{"type": "text", "text": json.dumps(FIELDS)}]), ""),
        (completion([{"type": "image"}, 3]), "empty"),
        (CALLED, "called a tool"),
        (completion('{"headline": "Wa'), "no JSON object"),
        (completion('["Warm"]'), "no JSON object"),
        (completion("Sure! Here you go"), "no JSON object"),
        (completion(None, refusal="I can't help with that"), "refused: I can't"),
        (completion(json.dumps(FIELDS), finish="length"), "cut off"),
        (completion(json.dumps(FIELDS), finish="content_filter"), "filter"),
        (completion(json.dumps({"headline": "Warm"})), "lacks message"),
        (completion(json.dumps(FIELDS | {"extra": "x"})), "more than was asked for: extra"),
        (completion(json.dumps(FIELDS | {"message": 3})), "message is no text"),
        (completion(json.dumps(FIELDS | {"message": ["a", "b"]})), "2 texts instead of 1"),
        (completion("[" * 100_000), "no JSON object"),
        (completion('{"headline": "\\ud800", "message": "x"}'), "headline is no text"),
        ({"choices": []}, "no message"),
        ({"choices": [{"message": None}]}, "no message"),
        ({}, "no message"),
        (
            {"error": {"message": "the model\n is away\x1b[2J"}},
            r"an error: the model is away\u001b",
        ),
        ({"error": "the model is away"}, "an error: the model is away"),
        ({"error": {"message": 5}}, "no message"),
        ([], "no JSON object"),
    ],
)
def test_answers_and_what_is_wrong_with_them(model, copywriter, body, fault):
    model.script = [Answer(body)]
    draft = copywriter.write(BRIEF)
    if fault:
        assert fault in draft.fault
        assert not draft.values
    else:
        assert draft.values == {name: [text] for name, text in FIELDS.items()}
        assert draft.usage == Usage(900, 60)
        assert draft.model == "tiny-2026"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<think>\nWarm? {{Yes}}: {}\n</think>\n\n", ""),
        ("<think>\n\n</think>\n\n", ""),
        ("  <THINK>Warm.</THINK>", "\n"),
        # The tag that begins is part of what vLLM and llama.cpp ask.
        ("Okay, the brief wants warm words.\n</think>\n\n", ""),
        ("<think>One.</think><think>Two.</think>\n", ""),
        ("<think>I close with </think>, and go on.</think>", ""),
        ("<think>Warm.</think>\n```json\n", "\n```"),
        ("[THINK]Warm.[/THINK]", ""),
        ("<thought>Warm.</thought>", ""),
    ],
)
def test_thoughts_before_an_answer_are_dropped(model, copywriter, before, after):
    model.script = [Answer(completion(f"{before}{json.dumps(FIELDS)}{after}"))]
    draft = copywriter.write(BRIEF)
    assert (draft.values, draft.fault) == ({name: [text] for name, text in FIELDS.items()}, "")
    assert draft.usage == Usage(900, 60)


@pytest.mark.parametrize(
    ("content", "finish", "fault"),
    [
        ("<think>\nWarm words, then", "length", "thought until it was cut off: raise max_output_t"),
        ("<think>One.</think><think>Two", "length", "thought until it was cut off"),
        ("<think>Warm.</think>\n", "length", "thought until it was cut off"),
        # Of servers that keep thoughts apart, and of OpenAI itself, the text is empty.
        ("", "length", "thought until it was cut off"),
        (None, "length", "thought until it was cut off"),
        ('<think>Warm.</think>{"headline": "Wa', "length", "the answer was cut off: raise max_"),
        ("<think>Warm words.", "stop", "empty"),
        ("<think>Warm words.</think>", "stop", "empty"),
        ('<think>Warm.</think>{"headline": "Wa', "stop", "no JSON object"),
        ("<think>Warm.</think>Here you go: {}", "stop", "the answer lacks"),
        ('<think>Warm.</think>{"headline": "Warm"}', "stop", "lacks message"),
        ("<think>" + json.dumps(FIELDS), "stop", "empty"),
    ],
)
def test_what_follows_thoughts_is_checked_as_ever(model, copywriter, content, finish, fault):
    model.script = [Answer(completion(content, finish=finish))]
    draft = copywriter.write(BRIEF)
    assert fault in draft.fault
    assert "Warm" not in draft.fault
    assert (draft.values, draft.usage) == ({}, Usage(900, 60)), "what it cost counts"


def test_a_text_about_a_tag_is_a_text(model, copywriter):
    model.script = [Answer(completion(json.dumps(FIELDS | {"message": "a </think> b"})))]
    assert copywriter.write(BRIEF).values["message"] == ["a </think> b"]


@pytest.mark.parametrize("part", ["<think>", "</think>", "```", "``` ", "[/think", " ", "<think>a"])
def test_an_answer_of_tags_alone_is_read_at_once(part):
    content = part * (3_000_000 // len(part))
    started = time.process_time()
    assert draft_of(json.dumps(completion(content)).encode(), BRIEF, MOST).fault
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "usage",
    [
        *(None, {}, [], "7"),
        {"prompt_tokens": -5, "completion_tokens": 1},
        {"prompt_tokens": True},
        {"prompt_tokens": 0, "completion_tokens": 0},
    ],
)
def test_where_the_server_does_not_count_the_most_counts(usage):
    body = completion(json.dumps(FIELDS), usage=usage)
    body["usage"] = usage
    assert draft_of(json.dumps(body).encode(), BRIEF, MOST).usage == MOST


@given(st.binary(max_size=300))
def test_no_bytes_make_more_than_a_fault(body):
    assert draft_of(body, BRIEF, MOST).fault


def test_blanks_around_a_text_are_no_part_of_it():
    written = json.dumps({"headline": " Warm hands\n", "message": "Come in. "})
    values, fault = values_of(written, BRIEF)
    assert (values, fault) == ({"headline": ["Warm hands"], "message": ["Come in."]}, "")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=12,
    )
)
def test_no_json_makes_more_than_a_fault(value):
    values, fault = values_of(json.dumps({"headline": value, "message": "x"}), BRIEF)
    assert bool(fault) != bool(values)
    assert draft_of(json.dumps({"choices": [value]}).encode(), BRIEF, MOST).fault
    assert draft_of(json.dumps(value).encode(), BRIEF, MOST).fault


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("2", 2),
        ("0", 0),
        ("-3", 0),
        ("1e9", 3_600),
        ("inf", 3_600),
        ("nan", None),
        ("soon", None),
        ("", None),
        (None, None),
        (format_datetime(datetime(2026, 12, 1, 7, 0, 30, tzinfo=UTC), usegmt=True), 30),
        (format_datetime(datetime(2026, 12, 1, 6, tzinfo=UTC), usegmt=True), 0),
    ],
)
def test_what_retry_after_asks_for(written, seconds):
    now = datetime(2026, 12, 1, 7, tzinfo=UTC).timestamp()
    assert retry_after(written, now) == seconds


def test_the_most_holds_for_what_is_really_sent(copywriter):
    import orjson

    sent = copywriter.request(BRIEF)
    assert copywriter.most(BRIEF).input >= len(orjson.dumps(sent["messages"])) - 200
