"""The workers: order, laziness, what happens when one dies, and that none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storesync.model.slot import COPY
from storesync.render import crew, link, worker
from storesync.render.artifact import Artifact
from storesync.render.frames import encode
from storesync.render.idle import IDLE
from storesync.render.pool import Renderer, RenderFailure, RenderJob

SOURCES = {
    "templates/shared/x/social.txt.j2": "{{ n }}{{ common|default('') }}",
    "templates/shared/bad/social.txt.j2": "{{ nosuch }}",
    "templates/shared/endless/social.txt.j2": (
        "{% for a in range(n) %}{% for b in range(n) %}{% for c in range(n) %}"
        "{% endfor %}{% endfor %}{% endfor %}done"
    ),
}
SHARED = {"common": "!"}
# A worker that dies of one template, as a crash in a library would have it.
DYING = """
import os, signal, sys
sys.path[:] += sys.argv[1:]
from storesync.render import engine, worker
real = engine.Engine.render
def render(self, template, *rest):
    if template == "shared/die":
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, template, *rest)
engine.Engine.render = render
worker.main(sys.argv[1:])
"""


def job(n, template="shared/x", shared=SHARED):
    return RenderJob(template, "social", "en-US", shared, {"n": n})


def texts(results):
    return [each.parts["txt"] if isinstance(each, Artifact) else each.rule for each in results]


def workers_of(renderer):
    return [hand.link._process for hand in renderer._crew._hands]


@pytest.fixture(scope="module")
def renderer():
    with Renderer(SOURCES) as started:
        yield started


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(st.booleans(), max_size=180))
def test_results_come_in_the_order_of_jobs(renderer, healthy):
    jobs = [job(n, "shared/x" if good else "shared/bad") for n, good in enumerate(healthy)]
    expected = [f"{n}!" if good else "undefined-variable" for n, good in enumerate(healthy)]
    assert texts(renderer.render_many(jobs)) == expected


@pytest.mark.slow
def test_jobs_are_read_only_as_far_ahead_as_needed():
    read = []

    def jobs():
        for n in range(20_000):
            read.append(n)
            yield job(n)

    with Renderer(SOURCES, workers=1) as busy:
        results = busy.render_many(jobs())
        assert texts([next(results)]) == ["0!"]
        assert len(read) <= 7_600
        results.close()
        # What was begun and abandoned does not get in the way of what comes next.
        assert texts(busy.render_many([job(7)])) == ["7!"]


@pytest.mark.slow
def test_two_streams_at_once_do_not_mix(renderer):
    first = renderer.render_many(job(n) for n in range(120))
    second = renderer.render_many(job(n) for n in range(1_000, 1_120))
    pairs = [texts(pair) for pair in zip(first, second, strict=True)]
    assert pairs == [[f"{n}!", f"{n + 1_000}!"] for n in range(120)]


def test_nothing_is_started_for_no_jobs():
    with Renderer(SOURCES) as idle:
        assert list(idle.render_many([])) == []
        assert workers_of(idle) == []


@pytest.mark.slow
def test_few_jobs_start_one_worker_which_the_next_ones_take_over():
    with Renderer(SOURCES, workers=2) as busy:
        assert texts(busy.render_many(job(n) for n in range(40))) == [f"{n}!" for n in range(40)]
        (process,) = workers_of(busy)
    assert process.returncode is None  # kept for the next renderer of these files
    with Renderer(SOURCES | {"templates/shared/other/web.html.j2": "x"}) as other:
        assert texts(other.render_many([job(1)])) == ["1!"]
        assert process not in workers_of(other)
    with Renderer(SOURCES, workers=2) as later:
        assert texts(later.render_many(job(n) for n in range(40))) == [f"{n}!" for n in range(40)]
        assert workers_of(later) == [process]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with Renderer(SOURCES, workers=2) as last:
        assert texts(last.render_many([job(1)])) == ["1!"]
        (process,) = workers_of(last)
    IDLE.close()
    assert process.returncode is not None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("processors", "seconds", "workers"), [(1, 0, 1), (2, 0, 2), (9, 0, 2), (2, 9_999, 1)]
)
def test_another_worker_comes_once_this_process_has_waited(
    monkeypatch, processors, seconds, workers
):
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    monkeypatch.setattr(crew, "_WORTH_ANOTHER", seconds)
    with Renderer(SOURCES) as busy:
        found = texts(busy.render_many(job(n) for n in range(3_000)))
        assert found == [f"{n}!" for n in range(3_000)]
        assert len(workers_of(busy)) == workers


@pytest.mark.slow
def test_another_worker_takes_part_where_few_jobs_last_long(monkeypatch):
    """All of them would stand in the first one's line, where no other takes them."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(crew, "_WORTH_ANOTHER", 0.02)
    with Renderer(SOURCES) as busy:
        found = texts(busy.render_many(job(30, "shared/endless") for _ in range(600)))
        assert found == ["done"] * 600
        assert len(workers_of(busy)) == 2


@pytest.mark.slow
def test_large_answers_are_not_asked_for_far_ahead(monkeypatch):
    monkeypatch.setattr(crew, "_AHEAD_BYTES", 1_000_000)
    read = []

    def jobs():
        for n in range(4_000):
            read.append(n)
            yield RenderJob("shared/x", "social", "en-US", {"common": "!" * 2_000}, {"n": n})

    with Renderer(SOURCES, workers=1) as renderer:
        results = renderer.render_many(jobs())
        for _ in range(3_000):
            next(results)
        # Of 2 kB each, so many as one million bytes are, and the few batches that there may be.
        assert len(read) - 3_000 < 500 + 2 * crew.BATCH * crew._FEWEST


@pytest.mark.slow
def test_who_owes_an_answer_is_not_kept():
    with Renderer(SOURCES, workers=1) as busy:
        assert texts(busy.render_many([job(1)])) == ["1!"]
        (process,) = workers_of(busy)
        busy.start([job(1_000, "shared/endless")])
    assert process.returncode is not None


@pytest.mark.slow
def test_few_are_kept():
    processes = []
    for number in range(4):
        own = {"templates/shared/other/web.html.j2": f"{number}"}
        with Renderer(SOURCES | own) as renderer:
            assert texts(renderer.render_many([job(1)])) == ["1!"]
            processes += workers_of(renderer)
    assert [process.returncode is None for process in processes] == [False, False, True, True]


@pytest.mark.slow
def test_a_phone_in_a_slot_is_written_though_no_template_names_one():
    shared = {"text": "Call {{ phone }}", COPY: {"text": ["copy.yaml", 0, 99]}}
    own = {"location": {"phone": "+33142685300", "address": {"country": "FR"}}}
    sources = {"templates/shared/x/social.txt.j2": "{{ text }}"}
    with Renderer(sources) as renderer:
        asked = RenderJob("shared/x", "social", "fr-FR", {**shared, "locale": "fr-FR"}, own)
        assert texts(renderer.render_many([asked])) == ["Call 01 42 68 53 00"]


@pytest.mark.slow
def test_killed_worker_is_replaced_and_nothing_is_lost():
    with Renderer(SOURCES, workers=1) as busy:
        # More than stand in a worker's line at once: so it cannot be done before it is killed.
        results = busy.render_many(job(n) for n in range(3_000))
        seen = [next(results)]
        (first,) = workers_of(busy)
        os.kill(first.pid, signal.SIGKILL)
        seen += results
        assert texts(seen) == [f"{n}!" for n in range(3_000)]
        assert workers_of(busy) != [first]


@pytest.mark.slow
def test_item_that_kills_its_worker_is_named_and_the_others_render(monkeypatch, tmp_path):
    script = tmp_path / "dying.py"
    script.write_text(DYING)
    monkeypatch.setattr(worker, "__file__", str(script))
    jobs = [job(n, "shared/die" if n in {3, 70} else "shared/x") for n in range(90)]
    with Renderer(SOURCES) as busy:
        results = list(busy.render_many(jobs))
    expected = ["template-limit" if n in {3, 70} else f"{n}!" for n in range(90)]
    assert texts(results) == expected
    assert results[3].path == "templates/shared/die"


@pytest.mark.slow
def test_what_was_rendered_before_it_is_not_taken_for_the_item_that_kills(monkeypatch, tmp_path):
    """Answers that a full pipe has not taken yet would be lost with the worker."""
    script = tmp_path / "dying.py"
    script.write_text(DYING)
    monkeypatch.setattr(worker, "__file__", str(script))
    monkeypatch.setattr(link, "_PIPE_BYTES", 4_096)
    long = {"common": "!" * 200_000}
    jobs = [job(n, "shared/die" if n == 9 else "shared/x", long) for n in range(12)]
    with Renderer(SOURCES, workers=1) as busy:
        results = list(busy.render_many(jobs))
    assert [n for n, item in enumerate(results) if isinstance(item, RenderFailure)] == [9]


@pytest.mark.slow
def test_worker_that_waits_for_the_rest_of_a_request_is_not_silent(monkeypatch):
    """Its parent has had other work meanwhile, and the pipe holds less than a batch."""
    monkeypatch.setattr(link, "_SILENCE_SECONDS", 0.4)
    monkeypatch.setattr(link, "_PIPE_BYTES", 4_096)
    jobs = [RenderJob("shared/x", "social", "en-US", SHARED, {"n": "n" * 9_000})] * 400
    with Renderer(SOURCES, workers=1) as busy:
        results = busy.render_many(jobs)
        seen = [next(results)]
        begun_with = workers_of(busy)
        time.sleep(0.6)
        busy.attend()
        seen += results
        assert workers_of(busy) == begun_with
    assert texts(seen) == ["n" * 9_000 + "!"] * 400


@pytest.mark.slow
def test_large_jobs_are_not_read_far_ahead():
    read = []

    def jobs():
        for n in range(2_000):
            read.append(n)
            yield RenderJob("shared/x", "social", "en-US", SHARED, {"n": n, "more": "m" * 100_000})

    with Renderer(SOURCES, workers=1) as busy:
        results = busy.render_many(jobs())
        assert texts([next(results)]) == ["0!"]
        assert len(read) * 100_000 < 60_000_000
        assert texts(results) == [f"{n}!" for n in range(1, 2_000)]


@pytest.mark.slow
def test_endless_template_is_given_up_whatever_its_campaigns():
    jobs = [job(999, "shared/endless", {"campaign": n // 4}) for n in range(80)]
    with Renderer(SOURCES, workers=1) as busy:
        results = list(busy.render_many([*jobs, job(1)]))
    tried = [item.line for item in results[:-1] if "was stopped" in item.message]
    assert tried == [1] * worker.MAX_TEMPLATE_STRIKES
    assert texts(results) == ["template-limit"] * 80 + ["1!"]


@pytest.mark.slow
@pytest.mark.parametrize("sample", ["shared/x", "shared/bad", "shared/endless", "shared/none"])
def test_samples_that_workers_get_ready_with_change_nothing(sample):
    jobs = [job(1), job(2, "shared/bad"), job(3)]
    with Renderer(SOURCES, workers=2) as busy:
        busy.start([job(999, sample)] * 4)
        results = texts(busy.render_many([*jobs, job(999, "shared/endless"), job(4)]))
        assert not any("sample" in item.message for item in busy.check())
    assert results == ["1!", "undefined-variable", "3!", "template-limit", "4!"]


@pytest.mark.slow
def test_silent_worker_is_killed(monkeypatch):
    monkeypatch.setattr(link, "_SILENCE_SECONDS", 0.4)
    with Renderer(SOURCES, workers=1) as busy:
        assert texts(busy.render_many([job(1)])) == ["1!"]
        (process,) = workers_of(busy)
        os.kill(process.pid, signal.SIGSTOP)
        assert texts(busy.render_many([job(2)])) == ["2!"]
        assert process.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_worker_that_takes_too_much_memory_is_killed(monkeypatch):
    # As on macOS, where the worker cannot limit itself.
    monkeypatch.setattr(link, "_MAX_RESIDENT", 1)
    jobs = [job(1), job(999, "shared/endless"), job(2)]
    with Renderer(SOURCES, workers=1) as busy:
        results = texts(busy.render_many(jobs))
    assert results[1] == "template-limit"
    assert link.resident_bytes(os.getpid()) > 1_000_000


@pytest.mark.slow
def test_worker_that_never_starts_is_a_bug_and_no_endless_loop(monkeypatch, tmp_path):
    script = tmp_path / "broken.py"
    script.write_text("raise SystemExit(1)")
    monkeypatch.setattr(worker, "__file__", str(script))
    with Renderer(SOURCES) as busy, pytest.raises(RuntimeError, match="does not start"):
        list(busy.render_many([job(1)]))


@pytest.mark.slow
def test_worker_ends_with_its_input():
    folders = link._folders()
    command = [sys.executable, "-I", "-S", worker.__file__, *folders]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/")
    process.stdin.write(encode({"sources": SOURCES}))
    process.stdin.flush()
    assert b"ready" in process.stdout.read(8 + len('{"limited":true,"ready":true}'))
    process.stdin.close()
    assert process.wait(timeout=60) == 0
    process.stdout.close()


@pytest.mark.slow
def test_worker_has_neither_environment_nor_secrets(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "SECRET")
    with Renderer(SOURCES) as busy:
        assert texts(busy.render_many([job(1)])) == ["1!"]
        (process,) = workers_of(busy)
        begun_with = Path(f"/proc/{process.pid}/environ")
        if not begun_with.exists():
            pytest.skip("no /proc here")
        assert b"SECRET" not in begun_with.read_bytes()
        assert Path(f"/proc/{process.pid}/cwd").resolve() == Path("/")


@pytest.mark.slow
def test_slow_template_is_given_up_for_its_campaign_and_for_no_other():
    campaign, other = {"a": 1}, {"a": 1}
    jobs = [job(999, "shared/endless", campaign) for _ in range(8)]
    jobs += [job(2, "shared/endless", other), job(3)]
    started = time.monotonic()
    with Renderer(SOURCES, workers=1) as busy:
        results = list(busy.render_many(jobs))
        later = list(busy.render_many(jobs[7:]))
    assert time.monotonic() - started < 8
    assert texts(results) == ["template-limit"] * 8 + ["done", "3!"]
    assert "takes too long" in results[0].message
    assert results[0].line == 1
    assert "other locations" in results[7].message
    assert texts(later) == ["template-limit", "done", "3!"]


@pytest.mark.slow
def test_check_reports_all_files_sorted():
    sources = {
        "templates/shared/b/web.html.j2": "\n<p title={{ x }}>",
        "templates/shared/a/web.html.j2": "\n\n{{ x|nosuch }}",
        "templates/shared/c/web.html.j2": "x" * 300_000,
        "templates/shared/d/email.html.j2": "x",
        "templates/shared/e/web.htm.j2": "x",
        "templates/shared/f/web.html.j2": "<p>{{ x }}</p>",
        "templates/shared/_includes/web.html.j2": "fine",
    }
    with Renderer(sources) as busy:
        found = busy.check()
        (result,) = busy.render_many([RenderJob("shared/c", "web", "en", {}, {})])
    assert [(each.path.split("/")[2], each.rule, each.line) for each in found] == [
        ("a", "template-syntax", 3),
        ("b", "template-not-allowed", 2),
        ("c", "template-too-large", 1),
        ("d", "missing-part", 1),
        ("e", "template-not-allowed", 1),
    ]
    assert isinstance(result, RenderFailure)


def test_all_templates_together_are_bounded():
    sources = {f"templates/shared/x{n:03}/web.html.j2": "x" * 262_144 for n in range(65)}
    renderer = Renderer(sources)
    assert [each.path for each in renderer._oversized] == ["templates/shared/x064/web.html.j2"]


def test_the_renderer_loads_no_template_engine():
    code = (
        "import sys, storesync.render.pool; print('jinja2' in sys.modules, 'babel' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert shown.stdout.split() == ["False", "False"]
