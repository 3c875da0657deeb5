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
from storesync.render.pool import Renderer, RenderFailure, RenderJob

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
        return result[part]
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


def rendered_among_healthy(file: str, template: str) -> list[Artifact | RenderFailure]:
    """Render a template at two locations, each followed by a location with a healthy one."""
    channel = file.split(".", maxsplit=1)[0]
    shared, other = {"a": 1}, {"b": 1}
    jobs = [
        RenderJob(f"shared/{name}", channel, "en-US", context, CONTEXT)
        for name, context in (("x", shared), ("ok", other)) * 2
    ]
    sources = {**HEALTHY, f"templates/shared/x/{file}": template}
    with Renderer(sources) as renderer:
        results = list(renderer.render_many(jobs))
    good = [result for result in results[1::2] if isinstance(result, Artifact)]
    assert len(good) == 2
    assert all("Hello Leith" in next(iter(result.parts.values())) for result in good)
    return results[::2]


@pytest.mark.slow
@pytest.mark.parametrize(("template", "_expected"), own_cases("text", bounded=True))
def test_bounded_text_template(template, _expected):
    for result in rendered_among_healthy("social.txt.j2", template):
        assert isinstance(result, Artifact) or result.rule in {"template-limit", "template-output"}


@pytest.mark.slow
@pytest.mark.parametrize(("template", "_expected"), own_cases("html", bounded=True))
def test_bounded_html_template(template, _expected):
    assert all(rendered_among_healthy("web.html.j2", template))


_MEASURE = """
import json, resource, sys
from storesync.render.pool import Renderer, RenderJob
templates = json.load(sys.stdin)
sources = {f"templates/shared/x{n}/social.txt.j2": text for n, text in enumerate(templates)}
jobs = [RenderJob(f"shared/x{n}", "social", "en-US", {}, {}) for n in range(len(templates))]
with Renderer(sources) as renderer:
    list(renderer.render_many(jobs))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.slow
def test_workers_stay_small():
    # In a process of its own, whose only children are the workers; the largest of them counts.
    templates = [case.values[0] for case in own_cases("text", bounded=True)]
    assert len(templates) > 5
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE],
        input=json.dumps(templates),
        capture_output=True,
        text=True,
        check=True,
    )
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 256 * 1024 * 1024


@pytest.mark.skipif(not SHARED["templates"], reason="../shared is not beside this repository")
@pytest.mark.parametrize("case", SHARED["templates"], ids=lambda case: case["id"])
def test_shared_sample_in_process(case):
    if case["id"] == "loop-nested-range":
        pytest.skip("endless without a worker's limits; in the next test")
    kind = case.get("channel", "social.txt")
    context = shared_context(case)
    sources = shared_sources("x", kind, text_of(case))
    result = Engine(sources).render("shared/x", kind.split(".")[0], "en-GB", context, (5, 5))
    judge(case, kind, None if isinstance(result, Failure) else result)


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
