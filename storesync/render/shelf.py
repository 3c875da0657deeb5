"""Getting a template ready: checked, guarded and compiled, once for each file and language."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment, Template
from jinja2.exceptions import TemplateNotFound
from jinja2.loaders import BaseLoader

from storesync.diagnostics import Diagnostic
from storesync.render import allowlist, lint
from storesync.render.naming import Library, is_markup, parse_path
from storesync.render.sandbox import Sandbox

_RULE = "template-not-allowed"


class RefusedError(Exception):
    """A template that may not be rendered, with the first reason why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Shelf(BaseLoader):
    """Loads templates by `<language>|<path>`; names in templates are found from their file."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._environments = {markup: Sandbox(self, autoescape=markup) for markup in (True, False)}
        self._examined: dict[str, allowlist.Examined] = {}
        self._ready: set[str] = set()
        self._found: dict[tuple[str, str], str] = {}

    def check(self, path: str) -> list[Diagnostic]:
        """Return everything wrong with one file, its includes' names among it."""
        found = self._check(path)
        if path in self._examined:
            self._examined[path] = self._examined[path]._replace(tree=None)
        return found

    def _check(self, path: str) -> list[Diagnostic]:
        if parse_path(path) is None:
            message = "no template file is named like this"
            hint = "name it web.html.j2, email.subject.j2, sms.txt.fr-CA.j2 or footer.html.j2"
            return [Diagnostic(_RULE, message, path, line=1, hint=hint)]
        examined = self._examine(path)
        found = list(examined.diagnostics)
        return found or self._misused(path, examined.uses) or self._cycle(path)

    def get(self, path: str, locale: str) -> Template:
        """Return a template with all it includes compiled. Raises RefusedError."""
        key = f"{self._library.language_key(locale)}|{path}"
        environment = self._environments[is_markup(path)]
        if key not in self._ready:
            self._prepare(path, locale, environment)
            self._ready.add(key)
        return environment.get_template(key)

    def _prepare(self, root: str, locale: str, environment: Sandbox) -> None:
        waiting, seen = [root], {root}
        while waiting:
            path = waiting.pop()
            for diagnostic in self._check(path):
                raise RefusedError(diagnostic)
            environment.get_template(f"{self._library.language_key(locale)}|{path}")
            for use in self._examined[path].uses:
                files = (self._library.find(name, path, locale) for name in use.names)
                new = {file for file in files if file} - seen
                waiting += sorted(new)
                seen |= new

    def _examine(self, path: str) -> allowlist.Examined:
        known = self._examined.get(path)
        if known and (known.diagnostics or known.tree):
            return known
        examined = allowlist.examine(self._library.sources[path], path)
        if examined.tree and is_markup(path):
            found = tuple(lint.guard(examined.tree, path))
            examined = examined._replace(diagnostics=found)
        self._examined[path] = examined
        return examined

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's signature
    ) -> Template:
        """Compile one file. Raises RefusedError, TemplateNotFound."""
        path = name.partition("|")[2]
        if path not in self._library.sources:
            raise TemplateNotFound(path or name)
        examined = self._examine(path)
        for diagnostic in examined.diagnostics:
            raise RefusedError(diagnostic)
        if examined.tree is None:
            raise TemplateNotFound(path)
        self._examined[path] = examined._replace(tree=None)
        examined.tree.set_environment(environment)
        code = environment.compile(examined.tree, name, path)
        # A plain dict: what Jinja gives is slow to go through, and that is done for each page.
        return environment.template_class.from_code(environment, code, dict(globals or {}), None)

    def find_beside(self, name: str, parent: str) -> str:
        """Return the key of a name as the template with the key `parent` means it."""
        key = self._found.get((name, parent))
        if key is None:
            language, _, path = parent.partition("|")
            key = f"{language}|{self._library.find(name, path, language) or name}"
            self._found[name, parent] = key
        return key

    def _misused(self, path: str, uses: tuple[allowlist.Use, ...]) -> list[Diagnostic]:
        at = parse_path(path)
        found = []
        for use in uses:
            # In HTML nothing may come in that is not escaped; text may take words from either.
            wrong = [
                name for name in use.names if is_markup(path) and not name.endswith(".html.j2")
            ]
            there = any(
                self._library.find(name, path, at.locale if at else "") for name in use.names
            )
            if wrong:
                message = f'"{wrong[0]}" may not be included in HTML'
                hint = "include a file that ends in .html.j2"
                found.append(Diagnostic(_RULE, message, path, line=use.line, hint=hint))
            elif not there and not use.optional:
                message = f'there is no file "{use.names[0]}" to include'
                hint = "it is looked for here, then in _includes of its group, then of shared"
                found.append(Diagnostic(_RULE, message, path, line=use.line, hint=hint))
        return found

    def _cycle(self, path: str) -> list[Diagnostic]:
        for use in self._examined[path].uses:
            waiting, seen = self._targets(path, (use,)), set[str]()
            while waiting:
                file = waiting.pop()
                if file == path:
                    message = f'"{use.names[0]}" includes this file again'
                    return [Diagnostic(_RULE, message, path, line=use.line)]
                if file not in seen:
                    seen.add(file)
                    waiting += self._targets(
                        file, (self._examined.get(file) or self._examine(file)).uses
                    )
        return []

    def _targets(self, path: str, uses: tuple[allowlist.Use, ...]) -> list[str]:
        at = parse_path(path)
        locale = at.locale if at else ""
        files = (self._library.find(name, path, locale) for use in uses for name in use.names)
        return [file for file in files if file]
