"""What is installed and how: the wheel, the pinned packages, the README's two commands."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SCRIPTS = ["start", "test", "scripts/lock", ".ci/run"]
PINNED = {
    "constraints.txt": PROJECT["dependencies"],
    "constraints-dev.txt": [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]],
}

IMPORTED_AS = {"pyyaml": "yaml"}
# zoneinfo reads the one, openpyxl takes the other for XML where it is installed.
USED_BY_OTHERS = {"tzdata", "defusedxml"}


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text().splitlines()
    found = [re.match(r"([a-z0-9.-]+)(?:\[[a-z0-9,-]+\])?==(\S+)", line) for line in lines]
    return {match[1]: match[2] for match in found if match}


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_its_data_and_nothing_else(tmp_path: Path):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "storesync"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    expected = {name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()}
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == expected


@pytest.mark.parametrize("name", PINNED)
def test_each_dependency_is_pinned_within_its_range(name: str):
    found = pins(name)
    wanted = [Requirement(text) for text in PINNED[name]]
    outside = [
        item.name
        for item in wanted
        if not item.specifier.contains(found[canonicalize_name(item.name)])
    ]
    assert outside == []


def test_extras_stand_where_only_pip_reads_them():
    """A constraints file with extras is refused; a requirements file without them is, by old pips.

    pip 23.2 takes `coverage[toml]`, which pytest-cov asks for, for unpinned beside `coverage==7`.
    """
    assert "[" not in (ROOT / "constraints.txt").read_text()
    assert "\ncoverage[toml]==" in (ROOT / "constraints-dev.txt").read_text()


def test_each_dependency_is_used():
    """Users install nothing that no module imports."""
    sources = "\n".join(path.read_text() for path in (ROOT / "storesync").rglob("*.py"))
    names = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]}
    modules = {name: IMPORTED_AS.get(name, name) for name in names - USED_BY_OTHERS}
    unused = [
        name
        for name, module in modules.items()
        if not re.search(rf"(?m)^ *(import|from) {module}\b", sources)
    ]
    assert unused == []


@pytest.mark.parametrize("name", PINNED)
def test_each_pin_has_hashes_and_no_address(name: str):
    text = (ROOT / name).read_text()
    entries = re.split(r"(?m)^(?=[a-z])", text)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"(?m)^-.*|https?:.*| @ .*", text) == []


def test_the_pins_of_running_are_pins_of_testing():
    assert pins("constraints.txt").items() <= pins("constraints-dev.txt").items()


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_can_be_run(name: str):
    path = ROOT / name
    shell = path.read_text().partition("\n")[0].removeprefix("#!").split()[-1]
    assert os.access(path, os.X_OK)
    assert subprocess.run([shell, "-n", path], check=False).returncode == 0


def test_ci_runs_the_second_command_of_the_readme():
    """The README opens with two commands, and CI calls the second as it is written there."""
    block = re.search(r"```\w*\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert block is not None
    first, second = [line.partition("#")[0].strip() for line in block[1].split("\n") if line][-2:]
    assert first == "./start"
    assert second in (ROOT / ".ci/run").read_text().splitlines()
