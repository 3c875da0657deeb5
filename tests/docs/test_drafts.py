"""The drafts that docs/copy.md shows: its command, against a server that answers as is told there.

Only how many tokens the brief takes, and what they cost, may differ from what the page shows.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from console import ROOT, Terminal, matches, sessions
from model_server import Answer, brief_of, completion, serve

PAGE = ROOT / "docs" / "copy.md"
SHOWN = re.compile(r"^```text\n(\$ storesync generate .*?)^```$", re.MULTILINE | re.DOTALL)
COUNTED = re.compile(r"[\d,]+ tokens|\d\.\d+ USD")
COPYWRITER = (
    "copywriter: {{base_url: {url}, model: tiny, temperature: 0.4, "
    "prices: {{tiny: {{input: 0.25, output: 0.6}}}}}}\n"
)
RIGHT = {
    "headline": "Cold hands, warm cup",
    "message": (
        "Come in from the cold at {{ location_name }}. {{ product_name }} is "
        "{{ discount_percentage }} off until {{ flight_end }}, and small enough to hold in mittens."
    ),
}
FIRST = {
    "email": {
        "headline": "Cold hands? Free refills all winter",
        "message": "Eighteen seconds of steam, 18 of joy, at {{ location_name }}.",
    },
    "sms": {
        "headline": "Hurry in! 20% off the world’s best flat white",
        "message": RIGHT["message"],
    },
    "web": {"headline": RIGHT["headline"], "message": "Two mittens, and a cup to hold in them."},
}


def written(request: dict) -> Answer:
    """Answer wrongly first, and rightly where the brief says what was wrong."""
    brief = brief_of(request)
    text = RIGHT if brief.get("findings") else FIRST[brief["channel"]]
    content = json.dumps({item["name"]: text[item["name"]] for item in brief["fields"]})
    sent, said = len(json.dumps(request["messages"])) // 4, len(content) // 4
    usage = {"prompt_tokens": sent, "completion_tokens": said, "total_tokens": sent + said}
    return Answer(completion(content, usage=usage))


@pytest.mark.slow
def test_the_drafts_of_the_page_are_written(demonstration: Path, copy_of):
    folder = copy_of(demonstration)
    ((command, expected),) = sessions(SHOWN.search(PAGE.read_text(encoding="utf-8"))[1])
    with serve() as model:
        model.behave = written
        settings = folder / "storesync.yaml"
        settings.write_text(settings.read_text("utf-8") + COPYWRITER.format(url=model.url), "utf-8")
        terminal = Terminal(folder)
        actual = terminal.run(command)
    shown, made = (COUNTED.sub("N", text) for text in (expected, actual))
    assert matches(shown, made), actual
    assert terminal.code == 0
