"""The words a template may use: filters, tests, functions and methods. What is not here is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from jinja2 import filters as stock
from jinja2 import tests as stock_tests
from jinja2.utils import Namespace

from storesync.render import addresses, bounded, filters, hours, phones
from storesync.render.readable import join, readable, urlencode

# Stock filters whose work grows no faster than what they are given.
_STOCK = (
    "abs count dictsort first groupby items length list map max min reject rejectattr select "
    "selectattr sort sum unique"
)
_READING = "e escape string trim wordcount"
_CUTTING = "capitalize lower replace title truncate upper"
_CUTTING_LISTS = "last reverse"
_KNOWN_TESTS: Mapping[str, Any] = stock_tests.TESTS
_STOCK_TESTS = (
    "boolean defined divisibleby eq equalto even false float ge greaterthan gt in integer "
    "iterable le lessthan lower lt mapping ne none number odd sequence string true undefined "
    "upper == != > >= < <="
)

FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        **{name: stock.FILTERS[name] for name in _STOCK.split()},
        **{name: readable(stock.FILTERS[name]) for name in _READING.split()},
        **{name: bounded.unmarked(readable(stock.FILTERS[name])) for name in _CUTTING.split()},
        **{name: bounded.unmarked(stock.FILTERS[name]) for name in _CUTTING_LISTS.split()},
        "d": bounded.default_,
        "date": filters.date_,
        "datetime": filters.datetime_,
        "decimal": bounded.decimal,
        "default": bounded.default_,
        "float": bounded.float_,
        "format": bounded.unmarked(bounded.format_),
        "hours": hours.hours,
        "int": bounded.int_,
        "join": join,
        "money": filters.money,
        "number": filters.number,
        "percent": filters.percent,
        "phone": phones.phone,
        "phone_link": phones.phone_link,
        "round": bounded.round_,
        "time": filters.time_,
        "url": addresses.url,
        "urlencode": urlencode,
        "utm": addresses.utm,
        "weekday": filters.weekday,
    }
)
# What the renderer itself puts around values in attributes; no template can name one.
ESCAPING: Mapping[str, Callable[[object], str]] = MappingProxyType(
    {" attribute": bounded.attribute, " css": bounded.css, " link": bounded.link}
)
GUARDS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        **{name: bounded.marked(guard) for name, guard in ESCAPING.items()},
        " plain": bounded.plain,
    }
)
TESTS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {name: _KNOWN_TESTS[name] for name in _STOCK_TESTS.split()}
)
FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"range": bounded.range_, "namespace": Namespace}
)
# Known to Jinja, and why not here.
BANNED_FILTERS = frozenset(stock.FILTERS) - frozenset(FILTERS)
BANNED_FUNCTIONS = frozenset({"cycler", "dict", "joiner", "lipsum"})

_TEXT_METHODS = (
    "capitalize casefold count endswith find isalpha isdigit lower lstrip removeprefix "
    "removesuffix rstrip split splitlines startswith strip swapcase title upper"
)
TEXT_METHODS = frozenset(_TEXT_METHODS.split())
MAPPING_METHODS = frozenset({"get", "items", "keys", "values"})
LIST_METHODS = frozenset({"count", "index"})
_LOOP_ATTRIBUTES = (
    "changed cycle depth depth0 first index index0 last length nextitem previtem revindex revindex0"
)
LOOP_ATTRIBUTES = frozenset(_LOOP_ATTRIBUTES.split())
METHODS = TEXT_METHODS | MAPPING_METHODS | LIST_METHODS | {"changed", "cycle"}
# Filters that can take the name of a part of each item.
_PICKING = "groupby join map max min rejectattr selectattr sort sum unique"
PICKING = frozenset(_PICKING.split())
