"""Months and times in passing state nothing; those of the shop do, as near to them as can be."""

from __future__ import annotations

import pytest
from labelled import facts_for, locale_of

from storesync.copywriting.facts.check import check

# By the shop whose facts are declared (tests/cases/facts): what passes, and what is refused.
RIGHT = [
    ("dill-and-dough", "A long May evening needs its scones."),
    ("dill-and-dough", "It's four in the morning and you dream of scones."),
    ("dill-and-dough", "The gulls wake up at five. You needn't."),
    ("dill-and-dough", "December was for mince pies. Cheese scones, £2.40."),
    ("spoke-theory", "Your bike has sat in the garage since the Fourth of July."),
    ("spoke-theory", "They say hindsight is 20/20. Brakes help, too."),
    ("hotel-moewenblick", "Die Möwen stehen um fünf auf."),
    ("hotel-moewenblick", "Doppelzimmer, 96 € die Nacht."),
    ("pages-vives", "Il est trois heures du matin et vous lisez encore."),
    ("pages-vives", "Commandez, c'est prêt en une heure."),
    ("pages-vives", "On est là du mardi au samedi."),
    ("gimnasio-norte", "Una tarde de mayo sin agujetas es solo una tarde."),
    ("casa-del-rio", "El gallo canta a las cinco."),
    ("lumen-barber", "Every cut comes with a hot towel, free."),
    ("fern-and-furrow", "Muddy hands? Good. The potting bench is free, and it's seen worse."),
    ("brillenwerk-nord", "Der Herbst hat die schönsten Leseabende."),
    ("brillenwerk-nord", "Na gut, 83,30 €."),
    ("second-glance", "Wonky at one ear? Pop in."),
    ("sea-and-sole", "Thirty seconds of silence for your old boots."),
]
WRONG = [
    ("dill-and-dough", "Join us on a May evening.", "May"),
    ("dill-and-dough", "It's noon and you can walk in.", "noon"),
    ("dill-and-dough", "It's 5pm and you get warm scones.", "5pm"),
    ("dill-and-dough", "Scones wake up at six.", "six"),
    ("dill-and-dough", "Wake up at six for class.", "six"),
    ("dill-and-dough", "The gulls wake at five, we open at six.", "five"),
    ("dill-and-dough", "Your bakery since July.", "July"),
    ("dill-and-dough", "Baked fresh until June comes.", "June"),
    ("dill-and-dough", "A July breeze of cream teas, half price.", "July"),
    ("dill-and-dough", "Here comes July: 20% off scones.", "July"),
    ("dill-and-dough", "Bristol's best night.", "best"),
    ("dill-and-dough", "Pop in on a Sunday. We're open till three.", "three"),
    ("dill-and-dough", "Minimum one night.", "one"),
    ("dill-and-dough", "Open at one all week.", "one"),
    ("spoke-theory", "Your bike has sat in the garage since 3 July.", "July"),
    ("spoke-theory", "Ready by 20/20.", "20/20"),
    ("hotel-moewenblick", "Suite, 96 € die Nacht.", "Suite"),
    ("hotel-moewenblick", "Doppelzimmer, 86 € die Nacht.", "86 €"),
    ("hotel-moewenblick", "Doppelzimmer, 96 € die Woche.", "96 €"),
    ("pages-vives", "Ouvert à une heure.", "une heure"),
    ("pages-vives", "Commandez, c'est prêt en deux heures.", "deux"),
    ("pages-vives", "Un soir de mai, rencontre avec l'auteur.", "mai"),
    ("pages-vives", "-5 % du mardi au samedi.", "mardi"),
    ("pages-vives", "Venez vérifier, du mardi au vendredi.", "mardi"),
    ("pages-vives", "Café offert pour trois livres achetés.", "trois"),
    ("gimnasio-norte", "Una tarde de mayo con entrenador gratis.", "mayo"),
    ("gimnasio-norte", "Despierta a las cinco con pilates.", "cinco"),
    ("gimnasio-norte", "Mínimo una hora.", "una"),
    ("fern-and-furrow", "Muddy hands? Good. The potting bench is free, lavender too.", "free"),
    ("fern-and-furrow", "Muddy hands? Good. The bench is free, and the compost.", "free"),
    ("fern-and-furrow", "Dogs? Good. The potting bench is free.", "free"),
    ("lumen-barber", "Every beard trim comes with a hot towel, free.", "free"),
    ("brillenwerk-nord", "Kiels schönste Abende.", "schönste"),
    ("brillenwerk-nord", "Die schönsten Abende in Kiel.", "schönsten"),
    ("brillenwerk-nord", "Der Sehtest kostet nichts außer montags.", ""),
    ("brillenwerk-nord", "Na gut, 80 €.", "80 €"),
    ("sea-and-sole", "Thirty minutes of silence for your old boots.", "Thirty"),
]


@pytest.mark.parametrize(("shop", "text"), RIGHT)
def test_what_is_told_in_passing_passes(shop: str, text: str):
    assert check(text, locale_of(shop), facts_for(shop)) == []


@pytest.mark.parametrize(("shop", "text", "word"), WRONG)
def test_what_is_as_near_to_it_as_can_be_is_refused(shop: str, text: str, word: str):
    found = check(text, locale_of(shop), facts_for(shop))
    assert found
    assert word in " ".join(one.message for one in found)
