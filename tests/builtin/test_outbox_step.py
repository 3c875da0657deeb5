from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.builtin import outbox_step as steps
from storesync.builtin.outbox_record import SIDECAR, decode
from storesync.plugins.protocols import DeliveryState
from storesync.render.artifact import Artifact

WEB = "harbor/winter/austin/web/en-US"
MAIL = "harbor/winter/austin/email/en-US"
PARTS = st.dictionaries(
    st.sampled_from(["subject", "html", "txt"]), st.sampled_from("ab"), min_size=1
)


def after(present, step, *, count=None):
    """Return a folder's files after the first `count` edits of a step."""
    files = dict(present)
    for name, data in step.edits[:count]:
        if data is None:
            files.pop(name, None)
        else:
            files[name] = data
    return files


def one(delivery, present):
    [step] = steps.plan([delivery], lambda _: present)
    return step


def put(delivery, present=None):
    present = present or {}
    return after(present, one(delivery, present))


def test_a_new_delivery_is_its_parts_and_then_its_sidecar(sample):
    step = one(sample.email(text="Warm"), {})
    names = ["subject.txt", "message.html", "message.txt", SIDECAR]
    assert [name for name, _ in step.edits] == names
    assert (step.folder, step.fresh) == (MAIL, True)
    assert (step.receipt.state, step.receipt.remote_id) == (DeliveryState.LIVE, MAIL)


def test_the_same_again_is_no_edit(sample):
    delivery = sample.email()
    step = one(delivery, put(delivery))
    assert step.edits == ()
    assert step.receipt == one(delivery, {}).receipt


def test_only_what_differs_is_written(sample):
    old, new = sample.email(html="<p>A"), sample.email(html="<p>B")
    assert [name for name, _ in one(new, put(old)).edits] == ["message.html", SIDECAR]
    longer = replace(old, key="k", fingerprint="longer")
    assert [name for name, _ in one(longer, put(old)).edits] == [SIDECAR]


def test_a_part_that_is_no_longer_there_goes_before_the_sidecar(sample):
    old, new = sample.email(text="x"), sample.email()
    assert one(new, put(old)).edits[:-1] == (("message.txt", None),)


def test_a_new_part_is_named_before_it_is_written(sample):
    step = one(sample.email(text="x"), put(sample.email()))
    assert [name for name, _ in step.edits] == [SIDECAR, "message.txt", SIDECAR]
    assert decode(step.edits[0][1]).state == "updating"


def test_a_damaged_part_is_mended(sample):
    delivery = sample.email()
    for damage in ({"message.html": b"x"}, {"message.html": b""}, {SIDECAR: b""}, {SIDECAR: b"{"}):
        present = put(delivery) | damage
        assert not steps.inspect(present).intact
        assert put(delivery, present) == put(delivery)


def test_withdrawing_ends_with_the_sidecar(sample):
    delivery = sample.email()
    step = one(sample.down(delivery), put(delivery))
    assert step.edits == (("message.html", None), ("subject.txt", None), (SIDECAR, None))
    assert step.receipt.state is DeliveryState.WITHDRAWN


def test_files_of_others_stay(sample):
    delivery = sample.put()
    present = put(delivery) | {"notes.txt": b"mine", "folder": None}
    assert after(present, one(sample.down(delivery), present)) == {
        "notes.txt": b"mine",
        "folder": None,
    }
    other = sample.put(parts={"html": "other"})
    assert put(other, present) == put(other) | {"notes.txt": b"mine", "folder": None}


@pytest.mark.parametrize(
    ("present", "name"),
    [({"page.html": b"mine"}, "page.html"), ({"page.html": None}, "page.html"),
     ({SIDECAR: None}, SIDECAR)],
)  # fmt: skip
def test_what_someone_else_wrote_is_not_written_over(sample, present, name):
    step = one(sample.put(), present)
    assert (step.edits, step.receipt.state) == ((), DeliveryState.FAILED)
    assert step.receipt.detail.startswith(f"{WEB}/{name} was not written by the outbox; move it")


def test_a_part_turned_into_a_link_is_not_written_over(sample):
    present = put(sample.put()) | {"page.html": None}
    assert one(sample.put(parts={"html": "new"}), present).receipt.state is DeliveryState.FAILED


def test_without_a_sidecar_there_is_nothing_to_withdraw(sample):
    step = one(sample.down(sample.put()), {"page.html": b"mine"})
    assert (step.edits, step.receipt.state) == ((), DeliveryState.WITHDRAWN)


def test_what_a_power_cut_left_is_withdrawn(sample):
    present = {"page.html": b"<p", SIDECAR: b"", "notes.txt": b""}
    edits = one(sample.down(sample.put()), present).edits
    assert edits == (("page.html", None), (SIDECAR, None))


@pytest.mark.parametrize("sidecar", [None, b"", b"{"])
def test_with_a_sidecar_that_tells_nothing_it_is_not_proven_gone(sample, sidecar):
    present = {"page.html": b"<p", SIDECAR: sidecar}
    down = sample.down(sample.put())
    assert steps.answer(down, steps.inspect(present)) is None
    state = one(down, present).receipt.state
    assert state is (DeliveryState.FAILED if sidecar is None else DeliveryState.WITHDRAWN)


def test_another_destination_at_the_same_place(sample):
    old, new = sample.put(destination="old"), sample.put(destination="new")
    batch = [new, sample.down(old)]
    first, second = steps.plan(batch, lambda _: put(old))
    assert first.edits
    assert (second.edits, second.receipt.state) == ((), DeliveryState.WITHDRAWN)
    assert steps.answer(sample.down(old), steps.inspect(put(new))) is not None
    assert steps.answer(old, steps.inspect(put(new))) is None


def test_a_batch_sees_its_own_changes(sample):
    old, new = sample.put(), sample.put(parts={"html": "new"})
    down, up = steps.plan([sample.down(old), new], lambda _: put(old))
    assert (down.fresh, up.fresh) == (False, True)
    assert after(after(put(old), down), up) == put(new)


@pytest.mark.parametrize(
    ("artifact", "detail"),
    [
        (None, "there is nothing to put out"),
        (Artifact("web", "en-US", {}), "there is nothing to put out"),
        (Artifact("web", "en-US", {"../x": ""}), "a part has a name that no file can have"),
        (Artifact("web", "en-US", {"html": "\udfff"}), "the text holds half a character"),
    ],
)
def test_refused(sample, artifact, detail):
    receipt = one(replace(sample.put(), artifact=artifact), {}).receipt
    assert receipt.state is DeliveryState.REFUSED
    assert receipt.detail.startswith(detail)


def test_a_name_that_is_no_path(sample):
    delivery = sample.put("../\x1b[31m")
    receipt = one(delivery, {}).receipt
    assert receipt.state is DeliveryState.REFUSED
    assert receipt.detail == "no folder can be named harbor/winter/../\\u001b[31m/web/en-US"
    assert one(sample.down(delivery), {}).receipt.state is DeliveryState.WITHDRAWN


@given(PARTS, PARTS, st.data())
def test_cut_off_anywhere_it_can_be_repeated_or_taken_down(sample, before, wanted, data):
    """After any edit, no version passes for whole but a whole one, and every way on works."""
    old, new = (sample.put(channel="email", parts=parts) for parts in (before, wanted))
    notes = {"notes.txt": b"mine"}
    present = put(old) | notes
    step = one(new, present)
    cut = after(present, step, count=data.draw(st.integers(0, len(step.edits))))
    whole = {version.key for version in (old, new) if put(version) | notes == cut}
    for version in (old, new):
        assert (steps.answer(version, steps.inspect(cut)) is not None) == (version.key in whole)
        assert put(version, cut) == put(version) | notes
    down = one(sample.down(new), cut)
    count = data.draw(st.integers(0, len(down.edits)))
    rest = after(cut, down, count=count)
    assert (steps.answer(sample.down(new), steps.inspect(rest)) is None) == (SIDECAR in rest)
    assert after(rest, one(sample.down(new), rest)) == notes
