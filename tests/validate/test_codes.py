"""Codes that are known without asking Babel: never another answer than Babel's."""

from pathlib import Path

import babel
from babel.core import Locale, get_global

from storesync.validate.codes import COMMON_CURRENCIES


def test_currencies_known_without_babel_are_among_its_own():
    assert get_global("all_currencies").keys() >= COMMON_CURRENCIES


def test_every_language_with_a_file_is_one_to_babel():
    folder = Path(babel.__file__).with_name("locale-data")
    names = [path.stem for path in folder.glob("*.dat") if path.stem != "root"]
    assert len(names) > 500
    for name in names:
        assert str(Locale.parse(name.replace("_", "-"), sep="-")) == name
