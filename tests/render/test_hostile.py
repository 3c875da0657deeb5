"""Templates that mean harm: own ones and the shared samples, in this process and in workers."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from storesync.render.artifact import Artifact
from storesync.render.engine import Engine, Failure
from storesync.render.pool import Renderer, RenderJob

OWN_FILE = Path(__file__).parents[1] / "cases/render/hostile.yaml"
OWN = yaml.load(OWN_FILE.read_bytes(), yaml.CSafeLoader)
SHARED_FILE = Path(__file__).parents[2] / "../shared/cases/hostile-templates.yaml"
SHARED = (
    yaml.load(SHARED_FILE.read_bytes(), yaml.CSafeLoader)
    if SHARED_FILE.exists()
    else {"templates": []}
)
CANARY = "SECRET-CANARY-7f3a"
CONTEXT = {
    "location": {
        "name": "Leith",
        "phone": "+441314960000",
        "note": "<b onclick=x>&\"'",
        "tags": ["a", "b"],
    },
    "campaign": {
        "name": "spring",
        "link": "https://example.com/a?b=1&c=2",
        "bad_link": "javascript:alert(1)",
    },
    "price": "4.50",
    "n": 3,
}
STATIC_RULES = {
    "template-syntax",
    "template-not-allowed",
    "template-too-large",
    "remote-content",
}
# Rendered after each bad one by the same workers.
HEALTHY = {
    "templates/shared/ok/social.txt.j2": "Hello {{ location.name }}",
    "templates/shared/ok/web.html.j2": "<p>Hello {{ location.name }}</p>",
}


def text_of(case: dict[str, Any]) -> str:
    if "template" in case:
        return str(case["template"])
    parts = case.get("parts") or case["template_parts"]
    return "".join(text * times for text, times in parts)


def own_cases(kind: str, *, bounded: bool) -> list[Any]:
    return [
        pytest.param(text_of(case), case["expect"], id=name)
        for name, case in OWN[kind].items()
        if (case["expect"] == "bounded") is bounded
    ]


def outcome(file: str, template: str) -> str:
    channel, part, _ = file.split(".")
    path = f"templates/shared/x/{file}"
    footers = {f"templates/shared/x/footer.{form}.j2": "x" for form in ("txt", "html")}
    context = copy.deepcopy(CONTEXT)
    static = Engine({path: template, **footers}).check(path, 5)
    result = Engine({path: template, **footers}).render(
        "shared/x", channel, "en-US", context, (5, 5)
    )
    assert {name: context[name] for name in CONTEXT} == CONTEXT
    if isinstance(result, dict):
        assert not static
        return result[part].decode()
    assert result.message
    assert static or result.path.startswith("templates/shared/x")
    assert all(found.line > 0 and found.path == path for found in static)
    assert {found.rule for found in static} <= STATIC_RULES
    return "refused" if static else "failed"


@pytest.mark.parametrize(("template", "expected"), own_cases("text", bounded=False))
def test_text_template(template, expected):
    assert outcome("sms.txt.j2", template) == expected


@pytest.mark.parametrize(("template", "expected"), own_cases("html", bounded=False))
def test_html_template(template, expected):
    assert outcome("web.html.j2", template) == expected


_AMONG_HEALTHY = """
import json, resource, sys
from storesync.render.pool import Artifact, Renderer, RenderJob
cases, healthy, context = json.load(sys.stdin)
sources, jobs = dict(healthy), []
for number, (file, template) in enumerate(cases):
    sources[f"templates/shared/x{number}/{file}"] = template
    channel = file.split(".")[0]
    for name, shared in ((f"x{number}", {"a": 1}), ("ok", {"b": 1})) * 2:
        jobs.append(RenderJob(f"shared/{name}", channel, "en-US", shared, context))
with Renderer(sources) as renderer:
    results = list(renderer.render_many(jobs))
told = [
    [next(iter(result.parts.values())), ""] if isinstance(result, Artifact) else ["", result.rule]
    for result in results
]
print(json.dumps([told, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))
"""


@pytest.mark.slow
def test_bounded_templates_end_alone_in_workers_that_stay_small():
    """Each at two locations, each followed by a location with a healthy template.

    In a process of its own, whose only children are the workers; the largest of them counts.
    """
    files = {"text": "social.txt.j2", "html": "web.html.j2"}
    cases = {
        f"{kind}: {case.id}": (file, case.values[0])
        for kind, file in files.items()
        for case in own_cases(kind, bounded=True)
    }
    assert len(cases) > 7
    done = subprocess.run(
        [sys.executable, "-c", _AMONG_HEALTHY],
        input=json.dumps([list(cases.values()), HEALTHY, CONTEXT]),
        capture_output=True,
        text=True,
        check=True,
    )
    told, largest = json.loads(done.stdout)
    assert len(told) == 4 * len(cases)
    assert [text for text, _ in told[1::2] if "Hello Leith" not in text] == []
    rules = {
        name: {rule for _, rule in told[4 * n : 4 * n + 4 : 2]} for n, name in enumerate(cases)
    }
    bounds = {"", "template-limit", "template-output"}  # of text: a page may be refused as well
    assert {name: rules[name] for name in rules if "text" in name and rules[name] - bounds} == {}
    unit = 1 if sys.platform == "darwin" else 1024
    assert largest * unit < 256 * 1024 * 1024


@pytest.mark.skipif(not SHARED["templates"], reason="../shared is not beside this repository")
@pytest.mark.parametrize("case", SHARED["templates"], ids=lambda case: case["id"])
def test_shared_sample_in_process(case):
    if case["id"] == "loop-nested-range":
        pytest.skip("endless without a worker's limits; in the next test")
    kind = case.get("channel", "social.txt")
    context = shared_context(case)
    sources = shared_sources("x", kind, text_of(case))
    result = Engine(sources).render("shared/x", kind.split(".")[0], "en-GB", context, (5, 5))
    failed = isinstance(result, Failure)
    judge(case, kind, None if failed else {name: data.decode() for name, data in result.items()})


@pytest.mark.slow
@pytest.mark.skipif(not SHARED["templates"], reason="../shared is not beside this repository")
def test_shared_samples_in_workers(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    sources, jobs = dict(HEALTHY), []
    for index, case in enumerate(SHARED["templates"]):
        kind = case.get("channel", "social.txt")
        name, context = f"case{index}", shared_context(case)
        sources |= shared_sources(name, kind, text_of(case))
        jobs.append(RenderJob(f"shared/{name}", kind.split(".")[0], "en-GB", context, {}))
        jobs.append(RenderJob("shared/ok", "social", "en-GB", context, {}))
    before = copy.deepcopy(jobs)
    started = time.monotonic()
    with Renderer(sources) as renderer:
        results = list(renderer.render_many(jobs))
    assert time.monotonic() - started < 20
    assert jobs == before
    for case, result, healthy in zip(SHARED["templates"], results[::2], results[1::2], strict=True):
        kind = case.get("channel", "social.txt")
        assert CANARY not in repr(result)
        assert isinstance(healthy, Artifact), case["id"]
        judge(case, kind, result.parts if isinstance(result, Artifact) else None)


def shared_sources(name: str, kind: str, template: str) -> dict[str, str]:
    sources = {f"templates/shared/{name}/{kind}.j2": template}
    if kind.startswith("email"):
        sources[f"templates/shared/{name}/email.html.j2"] = "x"
    return sources


def shared_context(case: dict[str, Any]) -> dict[str, Any]:
    """The samples name roles; objects and functions cannot get into a context, mappings do."""
    roles = SHARED["context"]
    return {
        "location": dict(roles["location_dict"]),
        "campaign": {**roles["campaign_dict"], **case.get("data", {})},
    }


def judge(case: dict[str, Any], kind: str, parts: Any) -> None:
    if case["expect"] == "refuse":
        assert parts is None
    if case["expect"] == "inert":
        text = parts[kind.split(".")[1]]
        assert text == case.get("must_output", text)
        assert case.get("must_not_contain", "\0") not in text
