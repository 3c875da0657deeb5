"""The model of each kind of file, imported when a tree has such a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from pydantic import BaseModel

from storesync.catalog.layout import Kind

# Kind -> module in `storesync.model`, class.
_MODELS: Mapping[Kind, tuple[str, str]] = {
    Kind.SETTINGS: ("settings", "SettingsFile"),
    Kind.BRAND: ("brand", "BrandFile"),
    Kind.LOCATION: ("location", "LocationFile"),
    Kind.DEFAULTS: ("location", "LocationFile"),
    Kind.CAMPAIGN: ("campaign", "CampaignFile"),
    Kind.OVERRIDE: ("override", "OverrideFile"),
    Kind.RESULTS: ("results", "ResultsFile"),
    Kind.COPY: ("copy", "CopyFile"),
    Kind.TEMPLATE: ("template", "TemplateFile"),
}
# The kinds of files that have a model: all but the parts of templates.
MODELLED = tuple(_MODELS)


@cache
def model_of(kind: Kind) -> type[BaseModel]:
    """Return the model of a kind of files, one of `MODELLED`. Raises KeyError."""
    module, name = _MODELS[kind]
    model: type[BaseModel] = getattr(import_module(f"storesync.model.{module}"), name)
    return model
