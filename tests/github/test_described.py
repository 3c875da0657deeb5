"""The description that answers are held against, and the package that plays GitHub."""

from __future__ import annotations

import json
from pathlib import Path

import cut_openapi
import described

HERE = Path(__file__).parent
USER = {"$ref": "#/components/schemas/simple-user"}


def test_the_description_is_the_cut_of_what_is_asked():
    paths = {path: sorted(methods) for path, methods in described.DESCRIPTION["paths"].items()}
    assert paths == {path: sorted(methods) for path, methods in cut_openapi.OPERATIONS.items()}
    pointed = cut_openapi.references(described.DESCRIPTION)
    there = {
        f"#/components/{kind}/{name}"
        for kind, items in described.DESCRIPTION["components"].items()
        for name in items
    }
    assert pointed == there


def test_what_breaks_the_description_is_found():
    sound = described.like("simple-user", login="ada")
    assert described.faults(sound, USER) == []
    assert described.faults({**sound, "login": None}, USER)
    assert described.faults({"login": "ada"}, USER)
    path = "/repos/acme/campaigns/pulls"
    assert described.faults_of_request("GET", path, {"state": "open"}, None) == []
    assert described.faults_of_request("GET", path, {"status": "open"}, None)
    assert described.faults_of_request("POST", path, {}, {"head": "x", "base": "main"}) == []
    assert described.faults_of_request("POST", path, {}, {"head": 7, "base": "main"})
    assert described.faults_of_request("POST", path, {}, {"head": "x", "base": "y", "z": 1})
    assert described.faults_of_request("DELETE", path, {}, None)
    assert described.faults_of_answer("GET", path, 200, [{}])
    assert described.faults_of_answer("GET", path, 299, [])


def test_emulate_is_pinned_with_a_hash_and_without_an_address():
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: item for name, item in lock["packages"].items() if name}
    assert packages["node_modules/emulate"]["version"] == "0.12.2"
    assert all("integrity" in item and "resolved" not in item for item in packages.values())
