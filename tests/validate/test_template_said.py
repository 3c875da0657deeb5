"""What templates say is worked out once for all chains of a process, by their own words alone."""

from __future__ import annotations

from storesync.validate.template_said import TemplateSaid

PATH = "templates/shared/offer/web.html.j2"
PLACE = ("shared/offer", "web", "en")


def test_the_same_words_are_parsed_once():
    one, other = (TemplateSaid({PATH: "<p>Half price</p>"}, {}, seed) for seed in "ab")
    assert one.said(*PLACE) is other.said(*PLACE)


def test_other_words_are_other_words_whatever_their_hash():
    texts = ("<p>Half price</p>", "<p>Two for one</p>", "<p>Free</p>", "<p>Half price</p>")
    said = [TemplateSaid({PATH: text}, {}, "").said(*PLACE)[0].whole for text in texts]
    assert [text.strip() for text in said] == ["Half price", "Two for one", "Free", "Half price"]
