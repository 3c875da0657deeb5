"""Phones in any grouping, streets without their kind, and places that are none of the shop's."""

from __future__ import annotations

import pytest
from shops import found

RIGHT = [
    ("pressing", "Passez-nous un coup de fil au 04.76.51.29.84."),
    ("pressing", "Tél. : 04 76 51 29 84"),
    ("pressing", "Appelez le 04-76-51-29-84 !"),
    ("pressing", "Un doute ? 04.76.51.29.84 : on vous garde une place."),
    ("pressing", "+33 (0)4 76 51 29 84"),
    ("optica", "Pide cita en el 954 81 72 06."),
    ("optica", "Llámanos: 954 817 206."),
    ("optica", "Reserva en el 95 481 72 06 o pásate."),
    ("optica", "Tu cita, en el 954-81-72-06."),
    ("taller", "Llámanos al 33 5550 0142."),
    ("taller", "Aparta en el (33) 5550-0142."),
    ("bano", "Pedí turno al 0341 426 5093."),
    ("optiker", "Rufen Sie an: 0761/555 01 42."),
    ("optiker", "Termin unter 0761 - 5550142."),
    ("sport", "Ruf an: 081 555 01 42."),
    ("bakery", "Ring 01392 496018."),
    ("salon", "Call 208.555.0142."),
    ("bano", "Traelo a Oroño 678: 25% off en baño y corte."),
    ("bano", "Te esperamos en Oroño 678."),
    ("optica", "Estamos en Sierpes 18."),
    ("optica", "Nos vemos en Sierpes, 18."),
    ("taller", "Te esperamos en Morelos 145."),
    ("sport", "Du findest uns an der Kasernenstrasse 30."),
    ("sport", "Komm vorbei: Kasernenstr. 30."),
    ("optiker", "Sie finden uns in der Hafenstr. 12."),
    ("optiker", "Und schon sind Sie wieder auf der Straße."),
    ("optiker", "Mit der neuen Brille sehen Sie die Straße bei Nacht."),
    ("bakery", "Find us at 14 Quarry Ln."),
    ("salon", "Find us at 418 N Alder Ave."),
    ("salon", "Stop by 418 North Alder Avenue."),
    ("pressing", "Rendez-vous au 12, rue Ampère."),
    # Names behind a preposition that are no places of a shop.
    ("optiker", "Jetzt auch in Rot, Blau und Grün."),
    ("optiker", "Gleitsichtbrillen, auch in Größe und Form für Kinder."),
    ("optiker", "Auch in Kunststoff: Gleitsichtbrille 240 €."),
    ("optiker", "Wir beraten in Ruhe und auch in Eile."),
    ("optiker", "In Freiburg und Umgebung fahren wir selbst."),
    ("optiker", "Unsere Filiale in Freiburg hat auf."),
    ("pressing", "Passez dans notre boutique de Nantes."),
    ("pressing", "Dans notre atelier de couture, on prend son temps."),
    ("pressing", "Entrez dans notre boutique de Noël."),
    ("bakery", "Visit our shop in Exeter."),
    ("optica", "Ven a nuestra tienda de Sevilla."),
]
WRONG = [
    ("pressing", "Passez-nous un coup de fil au 04.76.51.29.85."),
    ("pressing", "Appelez le 04-76-51-92-84 !"),
    ("optica", "Pide cita en el 954 81 72 60."),
    ("optica", "Llámanos: 954 817 207."),
    ("taller", "Llámanos al 33 5550 0143."),
    ("bano", "Te esperamos en Oroño 687."),
    ("bano", "Te esperamos en Calle Oroñez 678."),
    ("optica", "Estamos en Sierpes 81."),
    ("sport", "Du findest uns an der Kasernenstrasse 13."),
    ("optiker", "Sie finden uns in der Bergstraße 12."),
    ("bakery", "Find us at 41 Quarry Ln."),
    ("sport", "Skiservice für Fr. 49.–, in Chur und neu auch in Davos."),
    ("sport", "Jetzt auch in Davos."),
    ("sport", "Zweimal in Graubünden: in Chur und in Thusis."),
    ("sport", "In Chur und Davos."),
    ("sport", "In Chur, Davos und Arosa."),
    ("sport", "Unsere Filiale in Arosa freut sich."),
    ("sport", "Filiale Arosa: gleiche Preise."),
    ("optiker", "Unsere Filialen Kirchzarten und Staufen sind auch dabei."),
    ("konditorei", "Unser Geschäft in Leoben hat auch auf."),
    ("pressing", "Nos couettes vous attendent aussi dans notre boutique de Rezé."),
    ("pressing", "À Nantes et à Rezé."),
    ("pressing", "Notre magasin de Vertou vous attend."),
    ("pressing", "Et bientôt dans notre atelier de Clisson."),
    ("bakery", "And in our shop in Crediton, too."),
    ("bakery", "Our Crediton shop has it, too."),
    ("bakery", "In Exeter and Crediton."),
    ("optica", "También en nuestra tienda de Utrera."),
    ("optica", "En Sevilla y Utrera."),
    ("taller", "Y en nuestra sucursal de Zapopan."),
]


@pytest.mark.parametrize(("shop", "text"), RIGHT)
def test_the_shop_s_own_phone_and_street_are_founded(shop, text):
    assert not found(shop, text)


@pytest.mark.parametrize(("shop", "text"), WRONG)
def test_other_phones_streets_and_places_are_found(shop, text):
    assert found(shop, text)
