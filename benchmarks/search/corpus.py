"""The labelled campaigns: from one file a brand to the repository that a chain would have."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
OFFER, STORE_PAGE = "shared/offer", "shared/store-page"
# What an [opening line, text] pair is called in each template.
TEXTS = {OFFER: ("headline", "message"), STORE_PAGE: ("tagline", "about")}
CHANNELS = ("web", "email", "sms", "social")
# How long after its end a campaign was measured.
MEASURED_AFTER = dt.timedelta(days=14)
# Beside the texts, what of an entry is not in campaign.yaml.
NOT_CAMPAIGN = {"results", "summary"}
SETTINGS = {
    "format": 1,
    "repository": "searchbenchmark000000000",
    "channels": {name: {"plugin": "outbox"} for name in CHANNELS},
}


def read_brands(folder: Path = HERE / "campaigns") -> dict[str, dict[str, Any]]:
    """Read every brand's file; brand id -> `brand`, `folders`, `locations`, `campaigns`."""
    paths = sorted(folder.glob("*.yaml"))
    return {path.stem: yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in paths}


def write_repository(root: Path, brands: Mapping[str, Mapping[str, Any]]) -> None:
    """Write the files of a StoreSync repository into a new folder; nothing is committed."""
    _write(root / "storesync.yaml", SETTINGS)
    shutil.copytree(TEMPLATES, root / "templates/shared")
    for brand_id, brand in brands.items():
        for path, data in brand_files(brand):
            _write(root / "brands" / brand_id / path, data)


# What these campaigns state was declared nowhere: they are there to be found, not to go out.
WAIVER = {
    "rule": "wrong-fact",
    "reason": "Past campaigns, to search in",
    "until": "2099-12-31",
    "by": "judge",
}


def brand_files(brand: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the files of a brand: their paths below its folder, and what they hold."""
    yield "brand.yaml", {**brand["brand"], "waive": [WAIVER]}
    for folder, defaults in brand["folders"].items():
        yield f"locations/{folder}/_defaults.yaml", defaults
    for path, location in brand["locations"].items():
        yield f"locations/{path}.yaml", location
    for campaign_id, campaign in brand["campaigns"].items():
        folder = f"campaigns/{campaign_id}"
        yield f"{folder}/campaign.yaml", campaign_file(campaign, brand["brand"]["locales"])
        if "results" in campaign:
            yield f"{folder}/results.yaml", results_file(campaign)


def campaign_file(campaign: Mapping[str, Any], locales: list[str]) -> dict[str, Any]:
    """Return a campaign as people write it.

    A campaign without a text in every language of its brand goes only where those that it has
    are spoken: a brand here has one locale a language, and the locale's country speaks it.
    """
    spoken = {locale.split("-")[0]: locale for locale in locales}
    languages = [language for language in spoken if language in campaign]
    texts = {language: campaign[language] for language in languages}
    template = campaign.get("template", OFFER)
    left_out = NOT_CAMPAIGN | set(spoken)
    data = {key: value for key, value in campaign.items() if key not in left_out}
    data["template"] = template
    if len(languages) < len(spoken):
        data["locales"] = [spoken[language] for language in languages]
        countries = [locale.split("-")[1] for locale in data["locales"]]
        data.setdefault("select", [{"countries": countries}])
    data["values"] = {
        name: _in_languages({language: pair[position] for language, pair in texts.items()})
        for position, name in enumerate(TEXTS[template])
    }
    return data


def results_file(campaign: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a campaign achieved, as a results.yaml."""
    measured = campaign["flight"]["end"] + MEASURED_AFTER
    summary = {"summary": campaign["summary"]} if "summary" in campaign else {}
    source = "Tills and mail provider"
    return {"measured_on": measured, "source": source, **campaign["results"], **summary}


def _in_languages(texts: dict[str, str]) -> str | dict[str, str]:
    return texts if len(texts) > 1 else next(iter(texts.values()))


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")
