"""Whole templates in several languages against what they gave before.

To take a change of Babel's data over: `python tests/render/test_golden.py`, then read the diff.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from storesync.model.channel import KINDS
from storesync.render.artifact import Artifact
from storesync.render.engine import Engine
from storesync.render.pool import Renderer, RenderJob

FOLDER = Path(__file__).parents[1] / "cases/render/golden"
CASES = sorted(FOLDER.glob("*.txt"))


def sections(path: Path) -> dict[str, str]:
    parts = re.split(r"^-- (.+) --\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def jobs_of(case: dict[str, str]) -> list[RenderJob]:
    shared, places = json.loads(case["context"]), json.loads(case["places"])
    return [
        RenderJob("shared/offer", channel, locale, shared, own_of(shared, *place))
        for locale, place in places.items()
        for channel in KINDS
    ]


def own_of(shared, country, currency, phone):
    location = {**shared["location"], "phone": phone, "address": {"country": country}}
    return {"currency": currency, "location": location}


def sources_of(case: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in case.items() if name.endswith(".j2")}


def actual(case: dict[str, str]) -> dict[str, str]:
    engine, found = Engine(sources_of(case)), {}
    for job in jobs_of(case):
        context = {**job.shared, **job.own}
        parts = engine.render(job.template, job.channel, job.locale, context, (9, 9))
        assert isinstance(parts, dict), parts
        for part, data in parts.items():
            found[f"{job.locale} {job.channel}.{part}"] = data.decode().rstrip("\n") + "\n"
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_texts_are_as_before(path):
    case = sections(path)
    assert actual(case) == {name: text for name, text in case.items() if " " in name}


@pytest.mark.slow
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_workers_render_the_same_twice(path):
    case = sections(path)
    jobs = jobs_of(case)
    with Renderer(sources_of(case)) as renderer:
        assert renderer.check() == []
        once = list(renderer.render_many(jobs))
        again = list(renderer.render_many(reversed(jobs)))[::-1]
    assert [result.fingerprint for result in once] == [result.fingerprint for result in again]
    for job, result in zip(jobs, once, strict=True):
        assert isinstance(result, Artifact)
        for part, text in result.parts.items():
            expected = case[f"{job.locale} {job.channel}.{part}"]
            assert text.rstrip("\n") + "\n" == expected


if __name__ == "__main__":
    for file in CASES:
        known = {name: text for name, text in sections(file).items() if " " not in name}
        whole = {**known, **actual(known)}
        file.write_text("".join(f"-- {name} --\n{text}" for name, text in whole.items()))
