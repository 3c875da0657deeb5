"""docs/files.md: each file format, from the models, with the examples of docs/examples/."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from storesync.catalog.layout import Kind, place_of
from storesync.catalog.models import MODELLED, model_of
from storesync.model import base, brand, disclosure, team, voice, window
from storesync.model.campaign import Criteria
from storesync.model.late import Imported
from storesync.source.scalar import Plain, is_core
from storesync.source.yaml import read

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
_WORDS = (
    (base.Line, "one line of text"),
    (voice.Phrase, "phrase"),
    (base.Text, "text"),
    (base.Slug, "id"),
    (base.VariableName, "name"),
    (base.FolderPath, "folder"),
    (base.LocaleTag, "language"),
    (base.Currency, "currency"),
    (base.Phone, "phone number"),
    (base.Email, "mail address"),
    (base.WebAddress, "web address"),
    (base.Integer, "whole number"),
    (base.Number, "number"),
    (base.Amount, "number, 0 or more"),
    (base.Flag, "true or false"),
    (base.Day, "date"),
    (base.Moment, "local time"),
    (base.DayOrMoment, "date or local time"),
    (base.Clock, "time of day"),
    (base.Timezone, "time zone"),
    (base.Country, "country"),
    (base.Translated, "text, or one for each language"),
    (brand.HexColour, "colour"),
    (window.Weekdays, "day or days"),
    (team.Member, "member"),
    (team.Login, "login"),
)
_PLAIN = {int: "whole number", Decimal: "number"}
_HOURS = "opening hours by days"
# Models that several formats use are described once, behind all formats.
_SHOWN_ONCE = (
    "Waiver",
    "Blackout",
    "QuietHours",
    "Away",
    "Offer",
    "Requirement",
    "Risk",
    "Disclosure",
    "WideDisclosure",
)
# What several models have in common is told of once, before them.
_BASES: tuple[type[BaseModel], ...] = (voice.VoiceRule, disclosure.Disclosure)
_LONGEST = 72
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")


def one_format(kind: Kind) -> str:
    """Return an example file and the table of its fields, with those of what it holds."""
    path, text = next(_examples(kind))
    body = "".join(line for line in text.splitlines(keepends=True) if line[0] != "#")
    model = model_of(kind)
    shown = f"\n`{path}`:\n\n```yaml\n{body}```\n"
    if kind is Kind.DEFAULTS:  # the fields of a location
        return shown
    known = [*_data(kind), *(_data(Kind.DEFAULTS) if kind is Kind.LOCATION else ())]
    tables = [_table(model, known)]
    inner = [item for item in dict.fromkeys(_inner(model)) if item.__name__ not in _SHOWN_ONCE]
    tables += map(_named_table, inner)
    return f"{shown}\n" + "\n".join(tables)


def common_models() -> str:
    """Return the tables of what several formats hold."""
    models = {inner.__name__: inner for kind in MODELLED for inner in _inner(model_of(kind))}
    return "\n" + "\n".join(_named_table(models[name]) for name in _SHOWN_ONCE)


def _named_table(model: type[BaseModel]) -> str:
    summary = (model.__doc__ or "").strip().splitlines()[0]
    base_model = _base_of(model)
    if base_model is not model:
        name = base_model.__name__
        summary += f" Besides the fields of [{name}](#{name.lower()}):"
    return f"### {model.__name__}\n\n{summary}\n\n{_table(model, list(_found(model)))}"


def _base_of(model: type[BaseModel]) -> type[BaseModel]:
    """Return the model whose fields are told of in a table of their own, or the model itself."""
    return next((each for each in _BASES if issubclass(model, each)), model)


def _own_fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the fields that stand in a model's own table."""
    base_model = _base_of(model)
    known = base_model.model_fields if base_model is not model else {}
    yield from ((name, info) for name, info in model.model_fields.items() if name not in known)


def _table(model: type[BaseModel], examples: list[Mapping[str, Any]]) -> str:
    hints = get_type_hints(model, include_extras=True)
    rows = []
    for name, info in _own_fields(model):
        key = info.alias or name
        shown = next((_flow(data[key]) for data in examples if key in data), "")
        cells = [
            f"`{key}`",
            words(hints[name], key),
            info.description or "",
            _default(info),
            f"`{shown}`",
        ]
        rows.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(
        ["| field | type | meaning | default | example |", "|" + "---|" * 5, *rows, ""]
    )


def _cell(text: str) -> str:
    safe = text.replace("|", "\\|")
    return safe if "`" in safe else safe.replace("<", "&lt;")


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "needed"
    value = info.get_default(call_default_factory=True)
    if value in (None, [], {}) or isinstance(value, BaseModel):
        return ""
    if isinstance(value, bool | int):
        return str(value).lower()
    return _flow(value.value if isinstance(value, enum.Enum) else value)


def words(annotation: Any, key: str = "") -> str:
    """Return a field's type in words."""
    annotation = _known(annotation)
    for known, name in _WORDS:
        if annotation == known:
            return name
    if annotation is Any:
        return _ANY.get(key, "any value")
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is not None:
        return _composed(origin, args, key)
    if issubclass(annotation, enum.Enum):
        return ", ".join(f"`{item.value}`" for item in annotation)
    if issubclass(annotation, BaseModel):
        name = annotation.__name__
        return "criteria as these" if annotation is Criteria else f"[{name}](#{name.lower()})"
    return _PLAIN.get(annotation, "text")


def _known(annotation: Any) -> Any:
    """Return the model for one that is imported late."""
    late = [mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, Imported)]
    return late[0].model if late else annotation


def _composed(origin: Any, args: tuple[Any, ...], key: str) -> str:
    if origin is Annotated:
        return _bounded(args[0], args[1:], key)
    if origin is Literal:
        return " or ".join(f"`{item}`" for item in args)
    if origin is list:
        return f"list of {words(args[0])}"
    if origin is dict:
        return _HOURS if key == "hours" else f"{words(args[1], key)} by {words(args[0])}"
    return " or ".join(words(item, key) for item in args if item is not type(None))


_ANY = {
    "values": "value",
    "default": "value of its type",
    "discount_amount": "amount, or one for each currency",
    "price": "amount, or one for each currency",
    "regular_price": "amount, or one for each currency",
}


def _bounded(inner: Any, extras: tuple[Any, ...], key: str) -> str:
    """Return the words of a type with bounds of its own: the longest alias that it begins with."""
    for known, name in _WORDS:
        alias = get_args(known)
        if alias and inner == alias[0] and extras[: len(alias) - 1] == alias[1:]:
            return name + _bounds(extras[len(alias) - 1 :])
    return words(inner, key) + _bounds(extras)


def _bounds(extras: tuple[Any, ...]) -> str:
    found = [mark for item in extras for mark in getattr(item, "metadata", [])]
    low = next((mark.ge for mark in found if isinstance(mark, Ge)), None)
    high = next((mark.le for mark in found if isinstance(mark, Le)), None)
    if low is not None and high is not None:
        return f", {low:,} to {high:,}"
    if low is not None:
        return f", {low:,} or more"
    return ", at least one" if any(isinstance(mark, MinLen) for mark in found) else ""


def _inner(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield the models that a model's fields hold, and what those hold."""
    for annotation in get_type_hints(model, include_extras=True).values():
        for found in _models_in(annotation):
            if found is not Criteria:  # its fields are those of Selector
                yield found
                yield from _inner(found)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    annotation = _known(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if _base_of(annotation) is not annotation:
            yield _base_of(annotation)
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


@cache
def example_files() -> Mapping[str, str]:
    """Return path -> text of the small repository in docs/examples/."""
    paths = sorted(path for path in EXAMPLES.rglob("*") if path.is_file())
    return {path.relative_to(EXAMPLES).as_posix(): path.read_text("utf-8") for path in paths}


def _examples(kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield the examples of a format, the longest first."""
    found = []
    for path, text in example_files().items():
        place = place_of(path)
        if place is not None and place.kind is kind:
            found.append((path, text))
    yield from sorted(found, key=lambda item: -len(item[1]))


@cache
def _data(kind: Kind) -> list[Mapping[str, Any]]:
    found = []
    for path, text in _examples(kind):
        document, _ = read(path, text.encode())
        if document is None:
            message = f"docs/examples/{path} cannot be read"
            raise ValueError(message)
        found.append(document.data)
    return found


def _found(model: type[BaseModel]) -> Iterator[Mapping[str, Any]]:
    """Yield what the examples hold of a model, wherever that lies."""
    for kind in MODELLED:
        for data in _data(kind):
            yield from _held(model_of(kind), data, model)


def _held(at: type[BaseModel], data: Any, wanted: type[BaseModel]) -> Iterator[Mapping[str, Any]]:
    if _is_another(at, data):
        return
    if at is wanted or (wanted in _BASES and issubclass(at, wanted)):
        yield data
    for name, models in _inside(at):
        value = data.get(name) if isinstance(data, Mapping) else None
        for inner in models:
            for item in _items(value):
                yield from _held(inner, item, wanted)


@cache
def _inside(model: type[BaseModel]) -> list[tuple[str, list[type[BaseModel]]]]:
    """Return the names that a model's fields have in files, and the models that each may hold."""
    hints = get_type_hints(model, include_extras=True)
    fields = model.model_fields.items()
    return [(info.alias or name, list(_models_in(hints[name]))) for name, info in fields]


def _is_another(model: type[BaseModel], data: Any) -> bool:
    """Say whether data says of itself that it is another of several models."""
    return isinstance(data, Mapping) and any(
        data.get(name, args[0]) not in args for name, args in _choices(model)
    )


@cache
def _choices(model: type[BaseModel]) -> list[tuple[str, tuple[Any, ...]]]:
    hints = get_type_hints(model).items()
    return [(name, get_args(hint)) for name, hint in hints if get_origin(hint) is Literal]


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return [item for item in value if isinstance(item, Mapping)]
    if not isinstance(value, Mapping):
        return []
    inner = [item for item in value.values() if isinstance(item, Mapping)]
    return [value, *inner]


def _flow(value: Any) -> str:
    """Return a value on one line, as one writes it."""
    text = _text(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_text, value)) + "]"
    text = str(value)
    bare = isinstance(value, Plain) or not (is_core(text) or _CLOCK.fullmatch(text))
    return text if bare and ", " not in text else f'"{text}"'


PARTS = {f"file-{kind.value}": partial(one_format, kind) for kind in MODELLED} | {
    "file-common": common_models
}
