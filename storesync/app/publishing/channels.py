"""The channels that `storesync.yaml` names, each plug-in opened once, when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from storesync.app.context import Context
from storesync.app.settings import section
from storesync.app.unusable import DEFAULT, allowed_plugins
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.plugins.protocols import ChannelSetting, Unfinished
from storesync.plugins.registry import open_channel
from storesync.publish.answered import broken_off

if TYPE_CHECKING:
    from storesync.plan.change import PlacementKey
    from storesync.plugins.protocols import Channel


class Channels:
    """Placement -> what delivers it. `settings` is storesync.yaml of the newest commit."""

    def __init__(self, context: Context, settings: Mapping[str, Any]) -> None:
        self._context = context
        self._settings: Mapping[str, Any] = section(settings, "channels")
        self._allowed = allowed_plugins(settings)
        self._open: dict[tuple[str, tuple[tuple[str, str], ...]], Channel] = {}

    def of(self, key: PlacementKey) -> Channel:
        """Return what delivers a placement. Raises UserError if it cannot be opened.

        A destination that names a plug-in and its options is where things are, even when the
        settings name another one by now: what is there has to come down there.
        """
        name, _, options = key.destination.partition("?")
        setting = section(self._settings, key.channel)
        if name == setting.get("plugin", DEFAULT) or name in self._allowed:
            return self._opened(name, dict(parse_qsl(options)))
        return self._configured(key.channel)

    def _configured(self, kind: str) -> Channel:
        setting = section(self._settings, kind)
        return self._opened(str(setting.get("plugin", DEFAULT)), section(setting, "options"))

    def _opened(self, name: str, options: Mapping[str, str]) -> Channel:
        known = (name, tuple(sorted(options.items())))
        if known not in self._open:
            given = ChannelSetting(self._context.root, options)
            self._open[known] = open_channel(name, given, self._allowed)
        return self._open[known]

    def unavailable(self) -> dict[str, UserError]:
        """Return the kinds that settings name a plug-in for which cannot be opened, and why."""
        found = {}
        for kind in self._settings:
            try:
                self._configured(kind)
            except UserError as error:
                found[kind] = error
        return found

    def finish(self, at: datetime, keys: Iterable[PlacementKey]) -> list[Unfinished]:
        """Let the channels of all placements do what is due once after a run.

        Also those that this run did not need: the one before may have been killed before this.
        Returns what of it they could not do.
        """
        closed = self.unavailable()
        for key in {(key.channel, key.destination): key for key in keys}.values():
            if key.channel not in closed:
                self.of(key)
        undone = []
        for (name, _), channel in self._open.items():
            try:
                channel.finish(at)
            except Unfinished as error:
                undone.append(error)
            except UserError:
                raise
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's code can raise anything
                message = printable(f"{name} could not finish: {broken_off(error)}", limit=500)
                undone.append(Unfinished(message, hint="all deliveries are as the ledger says"))
        return undone
