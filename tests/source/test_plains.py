"""The places of unquoted numbers that reading notes are those that are in its data."""

from __future__ import annotations

from typing import Any

import pytest

from storesync.source.document import At
from storesync.source.scalar import Plain
from storesync.source.yaml import read


def _walked(data: Any, at: At = ()) -> list[At]:
    if isinstance(data, Plain):
        return [at]
    parts = data.items() if isinstance(data, dict) else enumerate(data)
    return (
        []
        if isinstance(data, str)
        else [place for part, inner in parts for place in _walked(inner, (*at, part))]
    )


@pytest.mark.parametrize(
    "text",
    [
        "name: Harbour\n",
        'a: 1\nb: "1"\nc: [1, x, 2.5, {d: true}]\n',
        "geo: {latitude: 40.5, longitude: -99.5}\nempty:\nlist:\n  - ~\n  - a: 0x1F\n",
        "a: 1\na: 2\nb: [1, [2]]\n",
        "a: {}\nb: []\n",
    ],
)
def test_plains_are_where_the_data_has_them(text: str) -> None:
    document, _ = read("x.yaml", text.encode())
    assert document is not None
    assert document.plains is not None
    assert list(document.plains) == _walked(document.data)
