"""The channels that `storesync.yaml` names, each plug-in opened once, when it is first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from storesync.cli.context import Context
from storesync.errors import UserError
from storesync.plugins.protocols import ChannelSetting
from storesync.plugins.registry import open_channel

if TYPE_CHECKING:
    from storesync.plugins.protocols import Channel

_DEFAULT = "outbox"


class Channels:
    """Channel kind -> what delivers it. `settings` is storesync.yaml of the newest commit."""

    def __init__(self, context: Context, settings: Mapping[str, Any]) -> None:
        self._context = context
        self._settings: Mapping[str, Any] = settings.get("channels") or {}
        self._allowed = frozenset(settings.get("plugins") or [_DEFAULT])
        self._open: dict[tuple[str, tuple[tuple[str, str], ...]], Channel] = {}

    def of(self, kind: str) -> Channel:
        """Return what delivers a kind (web, email, …). Raises UserError if it cannot be opened."""
        setting = self._settings.get(kind) or {}
        name = str(setting.get("plugin", _DEFAULT))
        options: Mapping[str, str] = setting.get("options") or {}
        key = (name, tuple(sorted(options.items())))
        if key not in self._open:
            given = ChannelSetting(self._context.root, options)
            self._open[key] = open_channel(name, given, self._allowed)
        return self._open[key]

    def unavailable(self) -> dict[str, UserError]:
        """Return the kinds that settings name a plug-in for which cannot be opened, and why."""
        found = {}
        for kind in self._settings:
            try:
                self.of(kind)
            except UserError as error:
                found[kind] = error
        return found

    def finish(self, at: datetime, kinds: Iterable[str]) -> None:
        """Let the channels of all `kinds` do what is due once after a run.

        Also those that this run did not need: the one before may have been killed before this.
        """
        closed = self.unavailable()
        for kind in kinds:
            if kind not in closed:
                self.of(kind)
        for channel in self._open.values():
            channel.finish(at)
