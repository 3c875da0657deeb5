"""What makes one text of values: of those fit to be printed, as if each were printed by itself.

Jinja's own filters take anything: of a phone that a location does not have they make "None", of a
list its Python form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from jinja2 import filters as stock
from jinja2.exceptions import FilterArgumentError
from jinja2.nodes import EvalContext
from jinja2.utils import pass_eval_context

from storesync.render.bounded import finalize


def readable(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a filter of text what could be printed; TemplateRuntimeError refuses all else."""
    place = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def filtered(*args: Any, **kwargs: Any) -> Any:
        if len(args) > place:
            finalize(args[place])
        return function(*args, **kwargs)

    return filtered


@pass_eval_context
def join(
    context: EvalContext,
    value: Iterable[object],
    d: str = "",
    attribute: str | int | None = None,
) -> Any:
    """Join printed values. Raises FilterArgumentError for an empty one among them."""
    if attribute is not None:
        value = map(stock.make_attrgetter(context.environment, attribute), value)
    return stock.sync_do_join(context, map(_item, value), d)


def urlencode(value: Any) -> str:
    """Write a printed value, or a mapping of such, as part of an address."""
    for each in value.values() if isinstance(value, dict) else (value,):
        finalize(each)
    return stock.do_urlencode(value)


def _item(value: object) -> object:
    if value is None:
        message = 'join: an item is empty (none); leave empty ones out: |select|join(", ")'
        raise FilterArgumentError(message)
    return finalize(value)
