"""The second wall: a Jinja environment that reads plain data and nothing else.

Attributes are not denied by a list but allowed by type: what is not named here is undefined.
"""

from __future__ import annotations

from collections.abc import Collection
from types import BuiltinMethodType
from typing import Any

from jinja2 import StrictUndefined, Template, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.loaders import BaseLoader
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing
from markupsafe import Markup

from storesync.diagnostics import printable
from storesync.render import bounded, vocabulary


class MissingValueError(UndefinedError):
    """A template asked for a value that is not there.

    `name` is what it asked for; `known` are the names there are, None where those of the whole
    context are meant.
    """

    def __init__(self, message: str, name: str, known: tuple[str, ...] | None) -> None:
        super().__init__(message)
        self.name = name
        self.known = known


class Missing(StrictUndefined):
    """A value that is not there; using it in any way but `is defined` and `default` is an error."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        # Jinja asks for the message of an error it is about to raise: ours says more.
        if self._undefined_hint or self._undefined_exception is not UndefinedError:
            return str(super()._undefined_message)
        owner, name = self._undefined_obj, str(self._undefined_name)
        if owner is missing:
            raise MissingValueError(f'there is no value "{printable(name, limit=60)}"', name, None)
        message = f'{_described(owner)} has no "{printable(name, limit=60)}"'
        known = tuple(key for key in owner if isinstance(key, str)) if type(owner) is dict else ()
        raise MissingValueError(message, name, known)


def _described(value: object) -> str:
    if value is None:
        return "an empty value (none)"
    kinds: dict[type, str] = {str: "a text", dict: "this mapping", list: "this list"}
    return kinds.get(type(value), "this value")


class _Writer(CodeGenerator):
    """Writes code that prints through one function of ours instead of two or three of Jinja's."""

    _printed: nodes.Expr | None = None

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile:
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Filter) and node.name in vocabulary.ESCAPING:
            self._printed = node
            self.write(f"environment.printers[{node.name!r}](")
        else:
            self.write("environment.escaped(")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Join with `~` what could be printed, not "None" nor lists as Python writes them."""
        join = "markup_join" if frame.eval_ctx.autoescape else "str_join"
        self.write(f"{join}(map(environment.finalize, (")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write(")))")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Leave a guard out that prints what it guards."""
        if node is self._printed and node.node is not None:
            self.visit(node.node, frame)
        else:
            super().visit_Filter(node, frame)


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates of one escape mode: HTML with `autoescape`, else plain text."""

    code_generator_class = _Writer
    escaped = staticmethod(bounded.escaped)
    printers = vocabulary.ESCAPING
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%"})

    def __init__(self, loader: BaseLoader, *, autoescape: bool) -> None:
        super().__init__(
            loader=loader,
            autoescape=autoescape,
            undefined=Missing,
            finalize=bounded.finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.filters = {**vocabulary.FILTERS, **vocabulary.GUARDS}
        self.tests = dict(vocabulary.TESTS)
        self.globals = dict(vocabulary.FUNCTIONS)
        self._known: dict[tuple[Any, str | None], Template] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002 - Jinja's signature
        """Return a template, found and compiled once; `globals` are the same for all."""
        known = self._known.get((name, parent))
        if known is None:
            known = self._known[name, parent] = super().get_template(name, parent, globals)
        return known

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a part of a value: of a mapping its data first, else what its type allows."""
        if type(obj) is dict:
            if attribute in obj:
                return obj[attribute]
            if attribute in vocabulary.MAPPING_METHODS:
                return getattr(obj, attribute)
        elif isinstance(obj, Undefined):
            str(obj)  # says what is missing
        elif isinstance(obj, TemplateReference):
            return self.getitem(obj, attribute)
        elif not attribute.startswith("_") and attribute in _allowed(obj):
            return getattr(bounded.plain(obj), attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item by key or index, and nothing else."""
        if isinstance(obj, _INDEXED):
            try:
                return bounded.plain(obj)[argument]
            except (TypeError, LookupError):
                return self.undefined(obj=obj, name=str(argument))
        return self.getattr(obj, str(argument))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Calculate within bounds."""
        return bounded.calculate(operator, left, right)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what may be called; methods of plain data without Jinja's way around."""
        if type(obj) is BuiltinMethodType and self.is_safe_callable(obj):
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return obj(*args, **kwargs)
        return super().call(context, obj, *args, **kwargs)

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow macros, blocks, the functions of the vocabulary, and what getattr gave out."""
        if type(getattr(obj, "__self__", None)) in _CALLED:
            return getattr(obj, "__name__", "") in vocabulary.METHODS
        return isinstance(obj, _SAFE) or obj is bounded.range_ or obj is Namespace

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # noqa: ARG002 - Jinja's signature
        """Return a value whose use is an error."""
        return self.undefined(f"{attribute!r} may not be read", exc=SecurityError)

    def join_path(self, template: str, parent: str) -> str:
        """Return which file an included name means, seen from the file that includes it."""
        find = getattr(self.loader, "find_beside", None)
        return str(find(template, parent)) if find else template


def _allowed(obj: object) -> Collection[str]:
    if type(obj) is str:
        return vocabulary.TEXT_METHODS
    if isinstance(obj, Namespace):
        held: dict[str, Any] = object.__getattribute__(obj, "_Namespace__attrs")
        return held.keys()
    if isinstance(obj, TemplateModule):
        return vars(obj).keys()
    if isinstance(obj, tuple):  # of groupby: grouper and list
        return getattr(obj, "_fields", ())
    return next((names for kind, names in _ATTRIBUTES.items() if isinstance(obj, kind)), ())


_ATTRIBUTES: dict[type, Collection[str]] = {
    str: vocabulary.TEXT_METHODS,
    list: vocabulary.LIST_METHODS,
    LoopContext: vocabulary.LOOP_ATTRIBUTES,
    BlockReference: ("super",),
}
_INDEXED = (dict, list, tuple, str, range, TemplateReference, Undefined)
_SAFE = (Macro, BlockReference, Undefined)
_CALLED = (str, Markup, dict, list, LoopContext)
