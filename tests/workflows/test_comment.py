"""The half that may write trusts nothing: its script, as it stands in the workflow, on loopback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from workflows import stand_in
from workflows.stand_in import FORK, HERE, SHA, Hub, event, packed, pull

WORKFLOW = Path(__file__).parents[2] / ".github/workflows/comment.yaml"
MARKER = "<!-- storesync:plan -->"


def script() -> str:
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    return jobs["comment"]["steps"][0]["run"]


@pytest.fixture
def hub() -> Iterator[Hub]:
    with stand_in.serve() as made:
        yield made


Comment = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def comment(hub: Hub, tmp_path: Path) -> Comment:
    """Run the script on an event, as the runner does."""

    def run(**own) -> subprocess.CompletedProcess[str]:
        (tmp_path / "script").write_text(script(), encoding="utf-8")
        (tmp_path / "event.json").write_text(json.dumps(event(**own)), encoding="utf-8")
        surroundings = {
            "PATH": os.environ["PATH"],
            "GITHUB_API_URL": hub.url,
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": stand_in.REPOSITORY,
            "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
            "GITHUB_TOKEN": "s3cret",
        }
        done = subprocess.run(
            [sys.executable, "-I", tmp_path / "script"],
            env=surroundings, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        assert sorted(path.name for path in tmp_path.iterdir()) == ["event.json", "script"]
        return done

    return run


@pytest.mark.slow
def test_there_is_one_comment_and_it_is_kept_current(hub: Hub, comment: Comment):
    hub.say(f"{MARKER}\nA person's, made to look like ours", "mallory")
    hub.say(f"{MARKER}\nOf somebody who left", None)
    hub.say("Another one of the bot's")
    others = [dict(item) for item in hub.comments]
    assert comment().returncode == 0
    assert len(hub.comments) == 4
    first = hub.comments[-1]["body"]
    assert first.startswith(f"{MARKER}\nCommit {SHA}: [checks](https://github.example/acme/camp")
    assert "### Plan" in first
    hub.archive = packed({"comment.md": f"{MARKER}\n### Another plan\n".encode()})
    assert comment().returncode == 0
    assert len(hub.comments) == 4
    assert "### Another plan" in hub.comments[-1]["body"]
    assert hub.comments[-1]["body"].count("<!--") == 1
    assert hub.comments[:3] == others
    assert hub.leaked == []
    writes = [line for line in hub.asked if not line.startswith("GET")]
    assert [line.split()[0] for line in writes] == ["POST", "PATCH"]
    assert comment().returncode == 0  # and nothing is written where nothing is new
    assert [line for line in hub.asked if not line.startswith("GET")] == writes


FOREIGN = {"id": FORK, "owner": {"login": "mallory"}}
ELSEWHERE = [
    ("another repository's commit", {"head_repository": FOREIGN}, [pull()]),
    ("ours beside a fork's branch of that name", {}, [pull(repo=FORK)]),
    ("pushed again since", {}, [pull(sha="b" * 40)]),
    ("closed", {}, [pull(state="closed")]),
    ("into another branch, whose workflows are its own", {}, [pull(base="release")]),
    ("two at this commit", {}, [pull(5), pull(6)]),
    ("none", {}, []),
    ("cancelled", {"conclusion": "cancelled"}, [pull()]),
    ("waits for a person", {"conclusion": "action_required"}, [pull()]),
    ("the fork is gone", {"head_repository": None}, [pull()]),
    ("no commit", {"head_sha": "x; curl evil"}, [pull()]),
    ("a number among the run's own", {"pull_requests": [{"number": 1}]}, []),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("own", "pulls"), [row[1:] for row in ELSEWHERE], ids=[r[0] for r in ELSEWHERE]
)
def test_nothing_is_written_where_it_is_not_sure_whose_plan_it_is(hub, comment, own, pulls):
    hub.pulls = pulls
    comment(**own)
    assert hub.comments == []


@pytest.mark.slow
def test_a_fork_gets_its_comment(hub: Hub, comment: Comment):
    hub.pulls = [pull(repo=FORK), pull(6, repo=HERE, sha="c" * 40)]
    comment(head_repository=FOREIGN)
    assert "### Plan" in hub.comments[0]["body"]
    assert any("/issues/5/comments" in line for line in hub.asked)


def review(login: str | None, state: str, commit: str | None) -> dict[str, object]:
    return {"user": login and {"login": login}, "state": state, "commit_id": commit}


@pytest.mark.slow
def test_each_reviewer_reads_first_what_is_new_since_that_approval(hub: Hub, comment: Comment):
    old, older = "c0ffee01" * 5, "b" * 40
    plan = (
        "## 1 campaign changes\n\n"
        f"<!-- storesync:since {old} -->\n- **Winter** changes\n\n<!-- storesync:end -->\n"
        f"<!-- storesync:since {'d' * 40} -->\n- Nobody's\n\n<!-- storesync:end -->\n"
        "### Changes\n\nAll of it\n"
    )
    hub.archive = packed({"comment.md": plan.encode()})
    hub.reviews = [
        review("mia", "APPROVED", old),
        review("mia", "COMMENTED", SHA),
        review("ben", "APPROVED", old),
        review("ben", "CHANGES_REQUESTED", old),  # took it back
        review("eve", "APPROVED", SHA),  # of what stands here: nothing is new
        review("uma", "APPROVED", older),  # not told in the plan
        review("x`@all", "APPROVED", old),
        review(None, "APPROVED", None),
    ]
    assert comment().returncode == 0
    body = hub.comments[0]["body"]
    mias = "### For `mia`: new since your approval of `c0ffee01c0ff`\n\n- **Winter** changes\n"
    assert mias in body
    umas = body.partition("### For `uma`: new since your approval of `bbbbbbbbbbbb`")[2]
    assert umas.lstrip().startswith("It is not told any more: look at all of it.")
    assert body.index("### For `mia`") < body.index("### For `uma`") < body.index("### Changes")
    assert body.count("### For") == 2
    assert "Nobody's" not in body
    assert body.count("<!--") == 1


@pytest.mark.slow
def test_marks_without_end_are_no_work(hub: Hub, comment: Comment):
    marks = f"<!-- storesync:since {'d' * 40} -->\n" * 3_000
    hub.archive = packed({"comment.md": marks.encode()})
    hub.reviews = [review("mia", "APPROVED", "d" * 40)]
    before = time.monotonic()
    assert comment().returncode == 0
    assert time.monotonic() - before < 20
    assert "storesync:since" not in hub.comments[0]["body"]


@pytest.mark.slow
def test_nothing_is_written_when_it_is_pushed_to_meanwhile(hub: Hub, comment: Comment):
    hub.moves_on = True
    comment()
    assert hub.comments == []


GUARDED = [
    [{"filename": ".github/workflows/validate.yaml"}],
    [{"filename": "docs/a.md", "previous_filename": ".github/actions/set-up/action.yaml"}],
    [{"filename": "storesync.yaml"}],
    [{"filename": "pyproject.toml"}],
    [{"filename": "constraints-dev.txt"}],
    [{"filename": "storesync/report/markdown.py"}],
    [{"filename": f"brands/{n}"} for n in range(150)] + [{"filename": "requirements.txt"}],
    [{"filename": f"brands/{n}"} for n in range(3_000)],
]


@pytest.mark.slow
@pytest.mark.parametrize("files", GUARDED, ids=lambda files: files[-1]["filename"])
def test_what_decides_how_a_plan_is_made_hides_it(hub: Hub, comment: Comment, files):
    hub.files = files
    comment()
    body = hub.comments[0]["body"]
    assert "No plan is shown" in body
    assert "### Plan" not in body
    assert not any("artifacts" in line for line in hub.asked)  # not even fetched


@pytest.mark.slow
def test_files_beside_these_hide_nothing(hub: Hub, comment: Comment):
    near = ("brands/storesync.yaml", "templates/.github/x", "start/x", "docs/constraints.txt")
    hub.files = [{"filename": name} for name in near]
    comment()
    assert "### Plan" in hub.comments[0]["body"]


HOSTILE = {
    "a number": packed({"comment.md": b"### Plan\n", "meta.json": b'{"number": 1}'}),
    "out of the folder": packed({"../../script": b"import os"}),
    "an absolute path": packed({"/etc/comment.md": b"### Plan\n"}),
    "twice": packed({"comment.md": b"### Plan\n"})[:-22] + packed({"other.md": b"x"}),
    "empty": packed({}),
    "a bomb": packed({"comment.md": b"\0" * 30_000_000}),
    "unusual packing": packed({"comment.md": b"### Plan\n"}, zipfile.ZIP_LZMA),
    "not text": packed({"comment.md": b"### Plan\xff"}),
    "no archive": b"<html>### Plan",
    "broken": packed({"comment.md": b"### Plan\n" * 99}).replace(b"\x8d", b"\x00", 3)[:-30],
    "large": os.urandom(600_000),
    "nothing": None,
}


@pytest.mark.slow
@pytest.mark.parametrize("archive", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_artefact_is_told_of_and_not_shown(hub: Hub, comment: Comment, archive):
    hub.archive, hub.size = archive, 100
    done = comment()
    assert "### Plan" not in str(hub.comments)
    assert [item["body"].count("There is no plan") for item in hub.comments] in ([1], [])
    assert (done.returncode == 0) == bool(hub.comments)
    assert all("/issues/5/" in line for line in hub.asked if line.startswith("POST"))


@pytest.mark.slow
def test_a_long_plan_is_not_cut_but_named(hub: Hub, comment: Comment):
    hub.archive = packed({"comment.md": b"<" * 30_000})  # longer once it is harmless
    comment()
    assert "too long" in hub.comments[0]["body"]


@pytest.fixture(scope="module")
def harmless() -> Callable[[str], str]:
    """The function of the script, on its own."""
    source = script()
    names = {"GITHUB_API_URL": "x", "GITHUB_REPOSITORY": "x"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in names.items():
            patch.setenv(name, value)
        scope: dict[str, object] = {"__name__": "script"}
        exec(compile(source[: source.rindex("main()")], "script", "exec"), scope)
    return scope["harmless"]  # type: ignore[return-value]


TRICKS = [
    "@mia", "&#64;mia", "&#x40;mia", "&#064mia", "&commat;mia", "<b>@mia</b>", "\\@mia",
    "@\u200bmia",
    "![x](https://evil.example/a.png)", "![x][y]\n\n[y]: https://evil.example", "!\\[x](y)",
    "[x](https://evil.example)", "[x] (y)", "[x][y]", "[y]: https://evil.example",
    "<img src=x>", "<IMG src=x>", "<a href=x>", "<b onclick=x>", "<details open onclick=x>",
    "</div>",    "<!-- storesync:plan -->", "<!--", "<?x?>", "<![CDATA[x]]>", "<script>", "< b>", "<https://evil.example>",
    "<mia@example.com>", "https://evil.example", "https&#58;//evil.example", "www.evil.example",
    "mia@example.com", "mailto:mia", "#12", "&#35;12", "acme/campaigns#12", "GH-12", "gh-12",
    "a\u202eb", "a\U000e0041b", "```\n@mia\n```", "`@mia`", "> - ![", "|a|b|\n|-|-|\n|@mia|![|",
]  # fmt: skip
REACHES = re.compile(
    r"@[A-Za-z0-9]|(?<!&)#[0-9]|\bGH-[0-9]|://|\bwww\.|mailto:|[\u202a-\u202e\u2066-\u2069]",
    re.IGNORECASE,
)
TAG = re.compile(
    r"</?(details|summary|b|i|br|del|ins|sub|sup|code|strong|em|blockquote) ?/?>|<details open>"
)


def shown(text: str) -> str:
    """Return what a page would show of Markdown; nothing in it may link, load or hide."""
    texts = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        for part in (token, *(token.children or ())):
            assert part.type not in {"link_open", "image"}, text
            if part.type in {"html_inline", "html_block"}:
                for tag in re.findall(r"<[^>]*>?", part.content):
                    assert TAG.fullmatch(tag), (tag, text)
            texts.append("" if part.type == "inline" else part.content)
    return "\n".join(texts)


@pytest.mark.parametrize("trick", TRICKS)
def test_nothing_hostile_reaches_people(harmless, trick: str):
    done = harmless(trick)
    assert not REACHES.search(shown(done)), done
    assert harmless(done) == done  # nothing is left to be done


@given(st.lists(st.sampled_from([*TRICKS, *"<>&#@![]()\\`~ \n:;/", "details>", "x"]), max_size=12))
def test_nothing_hostile_put_together_reaches_people(harmless, parts):
    assert not REACHES.search(shown(harmless("".join(parts))))


def test_what_a_plan_is_made_of_stays(harmless):
    table = "| a | b |\n|---|---|\n| 1 | `x` |\n\n"
    words = "<details open><summary>W</summary>\n\n> <del>20</del> **25**\n\n</details>\n"
    plan = f"### Plan\n\n{table}{words}"
    assert harmless(plan) == plan


def test_a_real_plan_stays_as_it_was_made(harmless):
    golden = Path(__file__).parents[1] / "cases/comment/golden.md"
    text = golden.read_text(encoding="utf-8").strip().removeprefix(MARKER)
    lines = [line for line in text.split("\n") if "](<https://" not in line]  # ours leads there
    assert len(lines) > 40
    assert harmless("\n".join(lines)) == "\n".join(lines)
