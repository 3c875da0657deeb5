"""What every forge keeps, over the fake GitHub: `tests/contracts/forge.py`."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

CONTRACT = Path(__file__).parents[1] / "contracts" / "forge.py"
if not CONTRACT.exists():
    pytest.skip("there is no tests/contracts/forge.py", allow_module_level=True)

spec = importlib.util.spec_from_file_location("forge_contract", CONTRACT)
contract = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = contract
spec.loader.exec_module(contract)


class TestGitHub(contract.ForgeContract):
    @pytest.fixture
    def office(self, hub, forge_of):
        hub.files["main"] = {"README": "line 1\n"}

        def desk(login: str):
            def push(branch, files):
                return hub.write(branch, login, dict(files))

            return contract.Desk(forge_of(login), push, lambda path: hub.files["main"][path])

        return contract.Office(desk("mia"), desk("ben"))
