"""A location's own file in a campaign: may it answer, and does it say why."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.catalog.catalog import Campaign
from storesync.diagnostics import Diagnostic, Severity
from storesync.model.campaign import Answer, Participation


def check_answers(campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield answers nobody asked for, and answers or values without a reason."""
    mandatory = campaign.file.participation is Participation.MANDATORY
    for _, override in sorted(campaign.overrides.items()):
        file = override.file
        if mandatory and file.participation is Answer.OUT:
            message = "the campaign is mandatory: a location cannot opt out"
            hint = "ask the brand for participation: opt_out"
            yield Diagnostic(
                "mandatory-campaign", message, override.path, ("participation",), hint=hint
            )
        if not file.reason:
            message = "the reason is missing"
            hint = "add one line: reason: why this location differs"
            yield Diagnostic("missing-reason", message, override.path, hint=hint)
        empty = file.participation is None and not file.values and file.offer is None
        if empty:
            message = "this file says nothing: neither an answer nor own values"
            yield Diagnostic("empty-override", message, override.path, severity=Severity.WARNING)
        if file.offer is not None and file.offer.product is not None:
            message = "a location cannot change what the offer is about"
            yield Diagnostic("locked-value", message, override.path, ("offer", "product"))
