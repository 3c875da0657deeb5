"""Parts whose models are built late say what they would say if they were built with the whole."""

from typing import Any

import pytest
from pydantic import Field, ValidationError

from storesync.model.base import Model, Slug
from storesync.model.late import Late, imported
from storesync.model.likeness import NearDuplicates
from storesync.model.requirement import Requirement
from storesync.model.voice import Voice


class Whole(Model):
    """A file."""

    voice: Voice = Field(default_factory=Voice, description="How it speaks.")
    alike: dict[Slug, NearDuplicates] = Field(default={}, description="By channel.")
    needs: list[Requirement] = Field(default=[], description="Who else.")


class InParts(Model):
    """A file."""

    voice: Late[Voice] = Field(default_factory=Voice.model_construct, description="How it speaks.")
    alike: dict[Slug, Late[NearDuplicates]] = Field(default={}, description="By channel.")
    needs: list[Late[Requirement]] = Field(default=[], description="Who else.")


class FromElsewhere(Model):
    """A file."""

    voice: imported("voice", "Voice") = Field(default_factory=Voice, description="How it speaks.")
    alike: dict[Slug, imported("likeness", "NearDuplicates")] = Field(
        default={}, description="By channel."
    )
    needs: list[imported("requirement", "Requirement")] = Field(default=[], description="Who else.")


IN_PARTS = [InParts, FromElsewhere]


def _faults(model: type[Model], data: dict[str, Any]) -> list[dict[str, Any]]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return [{**item, "ctx": str(item.get("ctx"))} for item in caught.value.errors()]


@pytest.mark.parametrize(
    "data",
    [
        {"voice": "warm"},
        {"voice": {"tone": "warm", "loud": "yes"}},
        {"voice": {"rules": {"a": {"extends": "shout"}, "b": {}, "c": {"extends": "existence"}}}},
        {"alike": {"social": {"share": "2", "most": "few"}, "web": "x", "Bad Id": {}}},
        {"needs": [{"id": "a"}, {"id": "b", "when": {"over": "3"}}, {"from": [1]}]},
        {"voice": None, "alike": None, "needs": [None]},
    ],
)
@pytest.mark.parametrize("model", IN_PARTS)
def test_the_same_faults_at_the_same_places(model, data):
    assert _faults(model, data) == _faults(Whole, data)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"voice": {"tone": ["warm"], "rules": {"a": {"extends": "existence", "tokens": ["x"]}}}},
        {"alike": {"social": {}, "web": {"most": "3"}}, "needs": [{"id": "a", "from": ["mia"]}]},
    ],
)
@pytest.mark.parametrize("model", IN_PARTS)
def test_the_same_values(model, data):
    late, whole = model.model_validate(data), Whole.model_validate(data)
    assert dict(late) == dict(whole)
    assert late.model_dump() == whole.model_dump()


@pytest.mark.parametrize("model", IN_PARTS)
def test_the_same_definitions_in_json_schemas(model):
    late, whole = model.model_json_schema(), Whole.model_json_schema()
    assert late["$defs"] == whole["$defs"]
    assert late["properties"]["needs"] == whole["properties"]["needs"]


def test_a_part_is_built_only_with_a_file_that_has_it():
    class Rare(Model):
        word: str

    class Usual(Model):
        rare: Late[Rare] | None = None

    assert Usual.model_validate({}).rare is None
    assert not Rare.__pydantic_complete__
    assert Usual.model_validate({"rare": {"word": "x"}}).rare == Rare(word="x")
    assert Rare.__pydantic_complete__
