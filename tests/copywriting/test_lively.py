"""Lively copy that states nothing passes; what looks like it and states something does not."""

from __future__ import annotations

import pytest
from labelled import facts_for, locale_of

from storesync.copywriting.facts.check import check

# By the shop whose facts are declared (tests/cases/facts): what passes, and what is as near to it
# as can be and names what it is refused for.
RIGHT = [
    ("magnolia-inn", "Two left feet? Double rooms from $126 a night."),
    ("quay-pharmacy", "Cold hands? Hand cream. Three for two until Sunday 13 December."),
    ("dogeared-tales", "One picture book for you. Get another half price."),
    ("popcorn-lane", "Take one: late. Take two: later. Take three: family ticket, £24."),
    ("iron-otter", "Give it 110 percent. Open 8am to 8pm at weekends."),
    ("morgenrot", "Ein Zopf, der hundertprozentig sitzt."),
    ("farbwerk", "15 % auf die Farbe, und zwei linke Hände dürfen mit."),
    ("maison-corail", "À moitié endormi, bien au chaud."),
    ("coffee-stall", "£2 gets you a flat white."),
    ("coffee-stall", "£2 flat whites for cold fingers."),
    (
        "north-thread",
        "Say it twice: it's all right, half the fun is the rain. 25% off until 8 November.",
    ),
    ("north-thread", "Monday feels a long way off. 10/10 would splash again."),
    ("crumb-club", "We're open 6:30 a.m. to 3 p.m. weekdays and 7 a.m. to 2 p.m. weekends."),
    ("gruenzeug", "Alles im grünen Bereich: 20 % auf Balkonkräuter."),
    ("funkhaus", "Handytarif, 15 € im Monat."),
    ("thistle-crumb", "30% off sourdough loaves."),
    ("plum-and-pear", "Veg boxes are £12.50, and two apples are free with every box."),
    ("tansy-apothecary", "20% off bath salts until Mother's Day, 14 March."),
    ("roundabout-toys", "All aboard! Wooden train sets are 30% off."),
    ("pan-y-punto", "Échale azúcar al lunes."),
    ("bolt-bikes", "Helmets are down to £30."),
    ("hearth-home", "Open 10 a.m. to 8 p.m. Monday through Saturday, 11 a.m. to 6 p.m. Sunday."),
    ("luna-books", "Open 9.30am to 5.30pm, Sundays 11am to 4pm."),
    ("luna-books", "Buy a £50 gift card and get £5 extra. What will you read today?"),
    ("kochlust", "Was gibt's bei Ihnen heute?"),
    ("salt-and-stone", "Look at that: £9 instead of £18. Everest can wait until Monday."),
    ("juniper-gin", "Gin tasting, £25, or two tickets for £40."),
    ("pebble-play", "Jump first, snack second, cry about leaving third."),
]
WRONG = [
    ("magnolia-inn", "Double points on double rooms.", "Double points"),
    ("magnolia-inn", "Double the room for $126 a night.", "Double the"),
    ("quay-pharmacy", "Try our lip balm. 3 for 2 at Quay Pharmacy.", "3 for 2"),
    ("quay-pharmacy", "Hand cream is lovely. Buy lip balm and get 3 for 2.", "3 for 2"),
    ("quay-pharmacy", "Hand cream is here. 3 for 2 with lip balm.", "3 for 2"),
    ("quay-pharmacy", "Hand cream for all. 4 for 3 until Sunday.", "4 for 3"),
    ("dogeared-tales", "Buy one picture book, get two half price.", "two half price"),
    ("dogeared-tales", "Every third picture book is half price.", "half price"),
    ("dogeared-tales", "Buy any cookbook, get another half price.", "another half price"),
    ("iron-otter", "Open 6am to 10pm at weekends.", "6am"),
    ("iron-otter", "Free first year with a yearly membership.", "Free"),
    ("morgenrot", "Hundertprozentiger Rabatt.", "Hundertprozentiger"),
    ("morgenrot", "Mohnzopf für zwei Euro.", "zwei Euro"),
    ("farbwerk", "15 % auf den Lack.", "Lack"),
    ("maison-corail", "Le manteau en laine à moitié !", "à moitié"),
    ("hola-fibra", "Tarifa de fibra y móvil, 25 € al mes.", "móvil"),
    ("coffee-stall", "Lattes 50% off!", "Lattes"),
    ("coffee-stall", "Skinny whites, 50% off.", "Skinny whites"),
    ("coffee-stall", "You get £2 lattes.", "lattes"),
    ("coffee-stall", "£2 lattes all day.", "lattes"),
    ("popcorn-lane", "One screen, two seats, three ices.", "two"),
    ("popcorn-lane", "Take three friends: family ticket, £24.", "three"),
    ("bubble-bay", "Polished for half of what you paid last year.", "half of what you paid"),
    ("farbwerk", "Servus, Graz!", "Graz"),
    ("north-thread", "All jackets: 25% off.", "25%"),
    ("north-thread", "Reduced by half until 8 November.", "half"),
    ("north-thread", "Washed twice a day.", "twice"),
    ("north-thread", "Ends Monday.", "Monday"),
    ("north-thread", "Until 10/10: 25% off raincoats.", "10/10"),
    ("crumb-club", "Go see us in Meridian.", "Meridian"),
    ("crumb-club", "We're open 6:30 a.m. to 3 p.m. weekends.", "6:30"),
    ("hammer-home", "Open 7am to 7pm, seven days a week.", "7pm"),
    ("gruenzeug", "Alles: 20 % günstiger.", "20 %"),
    ("funkhaus", "Handytarif, 15 € im Jahr.", "15 €"),
    ("funkhaus", "Handytarif, 12 € im Monat.", "12 €"),
    ("thistle-crumb", "30% off sourdough rolls.", "rolls"),
    ("tansy-apothecary", "20% off bath bombs.", "bath bombs"),
    ("tansy-apothecary", "20% off bath salts until Mother's Day.", "Mother's Day"),
    ("tansy-apothecary", "20% off bath salts until Mother's Day, 21 March.", "21 March"),
    ("tansy-apothecary", "Open on Sunday 14 March.", "Sunday"),
    ("plum-and-pear", "Three apples are free with every veg box.", "free"),
    ("plum-and-pear", "Two pears are free with every veg box.", "free"),
    ("tansy-apothecary", "20% off bath salts until Mother's Day, 13 March.", "13 March"),
    ("pastel-nails", "Gel manicures, $30, May 3 to May 8.", "May 8"),
    ("roundabout-toys", "Next stop, Gloucester.", "Gloucester"),
    ("peak-outdoor", "Take a hike, pay half.", "pay half"),
    ("pan-y-punto", "Orejas a mitad de precio.", "Orejas"),
    ("bolt-bikes", "Helmets are down £30.", "£30"),
    ("bolt-bikes", "Gloves, 40% off.", "Gloves"),
    ("copper-kettle", "25% off Sunday roasts.", "Sunday roasts"),
    ("copper-kettle", "Half price today?", "today"),
    ("hearth-home", "Open 10 a.m. to 8 p.m. Sunday.", "10 a.m."),
    ("luna-books", "Open 9.30am to 5.30pm on Sundays.", "9.30am"),
    ("luna-books", "Buy a £40 gift card and get £5 extra.", "£40"),
    ("luna-books", "£5 extra on every £50 gift card and book.", "£5"),
    ("fizz-and-fold", "For half of what others charge.", "half of what others"),
    ("kochlust", "Heute 40 % auf alles?", "Heute"),
    ("salt-and-stone", "Over-eights only.", "eights"),
    ("salt-and-stone", "Half price until Monday.", "Monday"),
    ("salt-and-stone", "Listen up: shoes £9.", "shoes"),
    ("juniper-gin", "Gin tasting, £25, or three tickets for £40.", "£40"),
    ("juniper-gin", "Gin and rum tasting, or two tickets for £40.", "£40"),
    ("radhaus", "Erst strampeln, dann die Hälfte zahlen.", "Hälfte"),
    ("pebble-play", "Your third child plays first.", "third"),
    ("pebble-play", "Pay first, and get half price on the third.", "third"),
    ("pebble-play", "Mum's coffee is half price, too.", "coffee"),
    ("la-voute", "-50 % sur l'abonnement annuel.", "abonnement"),
]


@pytest.mark.parametrize(("shop", "text"), RIGHT)
def test_lively_copy_passes(shop: str, text: str):
    assert check(text, locale_of(shop), facts_for(shop)) == []


@pytest.mark.parametrize(("shop", "text", "named"), WRONG)
def test_what_looks_lively_and_states_something_is_found(shop: str, text: str, named: str):
    found = [one.text for one in check(text, locale_of(shop), facts_for(shop))]
    assert any(named in one for one in found), found
