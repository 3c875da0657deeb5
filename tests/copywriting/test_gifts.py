"""What a phrase gives for nothing, on its terms, copy may tell in other words, and no more."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.facts import Facts

Case = tuple[str, str, str]
# A language and a trade: what the campaign is about, and declared phrases.
SHOPS = {
    "surf": ("en", "surf lesson", ["free wetsuit and board hire with every lesson"]),
    "music": ("en", "guitar course", ["free trial lesson for new students"]),
    "pizza": (
        "en",
        "large pepperoni pizza",
        ["free garlic knots with every large pepperoni pizza"],
    ),
    "laundry": ("en", "wash and fold bag", ["free pickup in Hobart and Sandy Bay"]),
    "garden": ("en", "apple tree", ["free planting guide with every tree"]),
    "bikes": ("en", "full service", ["free chain check, no appointment needed"]),
    "bread": ("en", "sourdough loaf", ["free coffee with any loaf before 9am"]),
    "eyes": ("de", "Gleitsichtbrille", ["kostenloser Sehtest zu jeder Gleitsichtbrille"]),
    "cakes": ("de", "Nusstorte", ["gratis Melange bei Abholung der Nusstorte"]),
    "tyres": ("de", "Räderwechsel", ["kostenlose Abholung in Leipzig"]),
    "yoga": ("de", "Zehnerkarte", ["kostenlose Probestunde für Neukunden"]),
    "flowers": ("fr", "bouquet de pivoines", ["carte manuscrite offerte avec chaque bouquet"]),
    "climbing": ("fr", "abonnement", ["chaussons prêtés gratuitement à la première séance"]),
    "delivery": ("fr", "bouquet de pivoines", ["livraison offerte dès 40 € d'achat"]),
    "dogs": ("es", "baño y corte", ["corte de uñas sin cargo con cada baño y corte"]),
    "optician": ("es", "gafas progresivas", ["revisión de la vista gratis con cita previa"]),
    "garage": ("es", "cambio de aceite", ["café de olla gratis mientras esperas"]),
}
SAME: list[Case] = [
    ("surf", "en", "Your surf lesson is fun, and wetsuit and board hire is free with it."),
    ("surf", "en", "Book a lesson. Wetsuit and board hire? On us."),
    ("music", "en", "If you're new here, your trial lesson is free."),
    ("music", "en", "New students, come and say hello. The trial lesson is free."),
    ("music", "en", "New to the guitar? Your trial lesson costs nothing."),
    ("pizza", "en", "What you get:\n• A large pepperoni pizza\n• Free garlic knots"),
    ("pizza", "en", "Large pepperoni, free garlic knots, no regrets."),
    ("pizza", "en", "Try a large pepperoni pizza. The garlic knots are on the house."),
    ("laundry", "en", "We pick up for free in Hobart and Sandy Bay."),
    ("laundry", "en", "Live in Hobart or Sandy Bay? We pick up your laundry for free."),
    ("garden", "en", "Take a tree home and get a planting guide with it. That one's free."),
    ("garden", "en", "• Your apple tree\n• A planting guide, free of charge"),
    ("bikes", "en", "Chain squeaking? We check it for free, and you need no appointment."),
    ("eyes", "de", "Unser Angebot:\n• Gleitsichtbrille\n• kostenloser Sehtest dazu"),
    ("eyes", "de", "Sie wünschen sich eine Gleitsichtbrille? Der Sehtest ist gratis dabei."),
    ("eyes", "de", "Wer eine Gleitsichtbrille kauft, bekommt den Sehtest geschenkt."),
    ("eyes", "de", "Ihre Gleitsichtbrille wartet. Dazu gehört ein Sehtest, und der ist kostenlos."),
    ("cakes", "de", "Holen Sie die Nusstorte ab und trinken Sie eine Melange. Die geht aufs Haus."),
    ("cakes", "de", "Wer die Nusstorte selbst abholt, bekommt eine Melange gratis."),
    ("tyres", "de", "In Leipzig holen wir Ihre Räder kostenlos ab."),
    ("tyres", "de", "Sie wohnen in Leipzig? Wir holen Ihr Auto gratis ab."),
    ("yoga", "de", "Neu bei uns? Deine Probestunde ist kostenlos."),
    ("flowers", "fr", "Choisissez un bouquet : la carte manuscrite est offerte avec."),
    ("flowers", "fr", "• Le bouquet de pivoines\n• La carte manuscrite offerte"),
    ("flowers", "fr", "Avec votre bouquet, une carte manuscrite. Elle est offerte."),
    ("climbing", "fr", "Première séance ? Nous vous prêtons les chaussons gratuitement."),
    ("climbing", "fr", "C'est votre première séance. Les chaussons sont prêtés, et c'est gratuit."),
    ("delivery", "fr", "Nous vous livrons, et c'est offert dès 40 € d'achat."),
    ("dogs", "es", "Pedí un baño y corte y, encima, las uñas van sin cargo."),
    ("dogs", "es", "Con él va el corte de uñas, sin cargo: así es nuestro baño y corte."),
    ("dogs", "es", "• Baño y corte\n• Corte de uñas sin cargo"),
    ("optician", "es", "Pide cita: la revisión de la vista es gratis."),
    ("optician", "es", "Con cita previa te revisamos la vista gratis."),
    ("garage", "es", "Tómate un café de olla gratis mientras le cambiamos el aceite."),
    ("garage", "es", "Espera sentado. El café de olla es gratis."),
]
OTHER: list[Case] = [
    ("surf", "en", "Wetsuit, board and towel hire is free with every lesson."),
    ("surf", "en", "Wetsuit and board hire is free, no lesson needed."),
    ("surf", "en", "Your surf lesson is fun, and lunch is free with it."),
    ("music", "en", "Your trial lesson is free, whether you're new here or an old friend."),
    ("music", "en", "A free trial lesson for everyone. New students love it."),
    ("music", "en", "New students, come and say hello. The first month is free."),
    ("pizza", "en", "What you get:\n• Free garlic knots\n• Nothing else to buy, not even a pizza"),
    ("pizza", "en", "• A large pepperoni pizza\n• Free wings"),
    ("pizza", "en", "Free garlic knots with every calzone. Our large pepperoni pizza says hi."),
    ("laundry", "en", "We pick up for free, wherever you live."),
    ("laundry", "en", "We pick up and iron for free in Hobart and Sandy Bay."),
    ("laundry", "en", "We pick up for free in Hobart, Sandy Bay and Glenorchy."),
    ("garden", "en", "A planting guide is free with every tree or shrub."),
    ("garden", "en", "Just looking at a tree? The planting guide is free, no purchase necessary."),
    ("bread", "en", "Any loaf comes with coffee on us, all day."),
    ("bread", "en", "Buy any loaf before 11am and the coffee is free."),
    ("eyes", "de", "Kostenloser Sehtest für alle, auch ohne Gleitsichtbrille."),
    ("eyes", "de", "• Gleitsichtbrille\n• kostenloses Etui dazu"),
    ("eyes", "de", "Gleitsichtbrille oder nicht, der Sehtest ist gratis."),
    ("cakes", "de", "Nusstorte? Eine Melange gibt es gratis, auch ohne Abholung."),
    ("cakes", "de", "Holen Sie die Nusstorte ab und essen Sie Krapfen. Die gehen aufs Haus."),
    ("tyres", "de", "Wir holen Ihre Räder kostenlos ab, egal wo Sie wohnen."),
    ("tyres", "de", "In Leipzig holen wir Ihre Räder kostenlos ab und lagern sie ein."),
    ("yoga", "de", "Die Probestunde ist kostenlos, für Neukunden und alte Hasen."),
    ("flowers", "fr", "• Le bouquet de pivoines\n• Un vase offert"),
    ("flowers", "fr", "La carte manuscrite est offerte, même sans bouquet."),
    ("climbing", "fr", "Chaussons prêtés gratuitement à chaque séance, première ou non."),
    ("climbing", "fr", "Chaussons et baudrier prêtés gratuitement à la première séance."),
    ("delivery", "fr", "Livraison offerte, sans minimum d'achat."),
    ("delivery", "fr", "Un bouquet à 40 € ? La livraison est offerte, peu importe le montant."),
    ("dogs", "es", "El baño va sin cargo con cada corte de uñas."),
    ("dogs", "es", "Corte de uñas sin cargo, aunque no pidas baño y corte."),
    ("optician", "es", "Revisión de la vista gratis y sin cita previa."),
    ("optician", "es", "Pide cita: la revisión de la vista y el estuche son gratis."),
    ("garage", "es", "Café de olla y pan dulce gratis mientras le cambiamos el aceite."),
    ("garage", "es", "El cambio de aceite es gratis mientras esperas."),
]


def findings(shop: str, locale: str, text: str) -> list[str]:
    language, product, phrases = SHOPS[shop]
    assert language == locale
    others = {"pizza": ("calzone", "wings")}.get(shop, ())
    known = Facts(
        statements=tuple(phrases),
        products=(product,),
        names=(product, "Leipzig", "Hobart"),
        others=others,
        locale=locale,
    )
    return [one.text for one in check(text, locale, known)]


@pytest.mark.parametrize(("shop", "locale", "text"), SAME)
def test_a_gift_told_otherwise_passes(shop: str, locale: str, text: str):
    assert findings(shop, locale, text) == []


@pytest.mark.parametrize(("shop", "locale", "text"), OTHER)
def test_another_gift_or_a_wider_one_is_found(shop: str, locale: str, text: str):
    assert findings(shop, locale, text)
