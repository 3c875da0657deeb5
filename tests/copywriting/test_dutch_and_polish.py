"""Dutch and Polish: what is wrong whatever is declared of one bakery, and what states nothing."""

from __future__ import annotations

import pytest
from labelled import facts_for, locale_of

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.language.languages import apart

DUTCH = """
Zeventig procent korting
70 procent goedkoper
Voor de halve prijs
Twee voor de prijs van één
Alleen vandaag!
De beste koffie
Van € 5 voor € 4
van 5 voor 4
nu 5 euro
Was € 6, nu € 3
klaar in drie dagen
Klaar in een dag
Klaar binnen een uur
Klaar in een kwartier
In anderhalf uur klaar
Tweeënhalf uur gerezen
Eenentwintig uur gerezen
Honderdvijftig broden per dag
Tweehonderd gram roggemeel
Een halve kilo meel
Duizend tevreden klanten
Duizenden tevreden klanten
1+1 gratis
Tweede halve prijs
Het tweede brood gratis
Een brood cadeau bij elke krentenbol
Krijg een taart cadeau
Nog drie dagen
Tot morgen!
Tot eind deze maand
Tot Pasen
Tot Koningsdag
Met Sinterklaas cadeau: een chocoladeletter
Driegangenmenu
Tweepersoonstaart
Vijfsterrenbrood
Driedubbele kaas
Driemaal gebakken
Dubbele spaarpunten
Open van 7 tot 19 uur
Open vanaf half acht
Om kwart over zeven open
Zondags open
Op maandag zijn we open
Elke dag open
24 uur per dag open
Dag en nacht open
Nu ook in Amersfoort
In Antwerpen
Bel 030 231 0497
Een derde minder
De helft eraf
Twee derde van de prijs
Bespaar een euro vijftig
Bespaar twee euro
Brood voor een tientje
Brood voor een euro
Brood voor een euro vijftig
Brood à 2,50
Vanaf € 2
Onder de drie euro
Meer dan 25% korting
Tot 70% korting
25% extra korting
25% korting op alles
25% korting op alle broden
25% korting op taart
Taart voor € 3
Al sinds 1921
Al honderd jaar bakker
Sinds een eeuw
Drie generaties bakkers
Derde generatie bakkers
Vierde vestiging geopend
Bio brood
Biologisch gebakken
Duurzaam gebakken
Klimaatneutraal gebakken
Gezond brood
Goed voor je hart
Verlaagt je bloeddruk
Zonder suiker
Glutenvrij
Rijk aan vezels
Met garantie
Niet goed, geld terug
Verkozen tot beste bakker
De lekkerste van Utrecht
Utrechts lekkerste
Nederlands oudste bakker
Nergens goedkoper
Goedkoper dan elders
Gratis bezorging
Bezorging kost niets
Bezorging inbegrepen
Wij trakteren
Koffie van het huis
Win een broodrooster
Maak kans op een reis
Onbeperkt koffie
Niet tevreden? Dan krijg je je geld terug
Twaalf dozijn eieren
Een dozijn eieren
Vijf procent alcohol
Op 15 februari
Van 9 tot 15 februari
Tot en met 20 februari
Heel februari
In maart 25% korting
Zaterdag 14 februari
Tot zaterdag
Vanaf dinsdag 8 februari
Tot 14 februari 2028
Op de eenentwintigste februari
Tot de zestiende
Voor 12 februari
ma t/m vr 8-19 uur
za 8-18
Vrijdag koopavond tot negen uur
Twijnstraat 42
3511 ZM Utrecht
mail naar info@bakkerijdemolen.example
bakkerijdemolen.example/amersfoort
Code MOLEN50
7 0 % korting
7O% korting
zeventig % korting
Een kwart meer brood
Ruim twintig procent korting
Op is op: nog 20 broden
Dagelijks vers om 6 uur
"""
POLISH = """
Siedemdziesiąt procent taniej
70 procent zniżki
Za pół ceny
Za pół darmo
Dwa w cenie jednego
Tylko dziś!
Najlepsza kawa
Było 12 zł, teraz 5 zł
Z 9 zł na 12 zł
za darmo
gotowe w trzy dni
Gotowe w jeden dzień
Gotowe w godzinę
Gotowe w kwadrans
Półtorej godziny na zakwasie
Dwie i pół godziny na zakwasie
Dwadzieścia jeden godzin na zakwasie
Sto pięćdziesiąt chlebów dziennie
Dwieście gramów mąki
Pół kilo mąki
Tysiąc zadowolonych klientów
Tysiące zadowolonych klientów
1+1 gratis
Drugi za pół ceny
Drugi chleb gratis
Chleb w prezencie do każdej drożdżówki
Jeszcze trzy dni
Do jutra!
Do końca miesiąca
Do Wielkanocy
Do Bożego Narodzenia
Do sylwestra
Trzydaniowy obiad
Dwuosobowy tort
Pięciogwiazdkowy chleb
Dwudziestopięciogodzinny zakwas
Trzy razy pieczony
Podwójne punkty
Czynne od 6 do 20
Czynne od siódmej do dwudziestej pierwszej
Otwarte od wpół do siódmej
Otwieramy kwadrans po siódmej
W niedziele otwarte
W niedzielę otwarte
Codziennie otwarte
Otwarte całą dobę
Teraz też w Tarnowie
W Warszawie
Zadzwoń 12 422 04 97
O jedną trzecią taniej
O połowę taniej
Dwie trzecie ceny
Oszczędź półtora złotego
Oszczędź dwa złote
Złotówka taniej
Chleb za dychę
Chleb za złotówkę
Chleb za 5
Od 5 zł
Poniżej ośmiu złotych
Ponad 25% taniej
Do 70% taniej
Dodatkowe 25% zniżki
25% taniej na wszystko
25% zniżki na wszystkie chleby
25% zniżki na torty
Torty 25% taniej
Tort za 9 zł
Od 1921 roku
Od stu lat piekarnia
Trzy pokolenia piekarzy
Trzecie pokolenie piekarzy
Bio chleb
Ekologiczny chleb
Zdrowy chleb
Dobre dla serca i zdrowia
Obniża ciśnienie
Bez cukru
Bez glutenu
Bogaty w błonnik
Z gwarancją
Zwrot pieniędzy
Najlepsza piekarnia w Krakowie
Ulubiona piekarnia w Krakowie
Najstarsza piekarnia w Polsce
Nigdzie taniej
Darmowa dostawa
Dostawa nic nie kosztuje
Dostawa w cenie
My stawiamy
Kawa na koszt firmy
Wygraj toster
Konkurs z nagrodami
Kawa bez limitu
Zwrócimy pieniądze
Jeden chleb na osobę
Tuzin jajek
15 lutego
Od 9 do 15 lutego
Do 20 lutego
Przez cały luty
W marcu 25% taniej
Sobota 14 lutego
Do soboty
Od wtorku 8 lutego
Do 14 lutego 2028
Dwudziestego pierwszego lutego
Do szesnastego lutego
Przed 12 lutego
pon.-pt. 7-19
sob. 8-16
W piątki do dwudziestej drugiej
W czwartek do 22
O trzeciej w nocy pieczemy
Floriańska 42
ul. Floriańska 42
ul. Długa 24
31-022 Kraków
napisz na info@piekarniamlynek.example
piekarniamlynek.example/tarnow
Kod MLYN50
7 0 % taniej
7O% taniej
Ćwierć ceny
O ćwierć więcej chleba
Prawie 20 procent taniej
Zostało 20 chlebów
Codziennie świeże o 6
Dwóch piekarzy, jedna pasja
Z czterech mąk
Dla pięciorga dzieci
Pieczony w trzystu stopniach
Sześćdziesięciu klientów dziennie
Drugie śniadanie za 5 zł
Chleb po 8 zł
Chleb za jedyne osiem złotych
Rabat 5 zł
Dziewięćdziesiąt dziewięć groszy
5 gr taniej
Chleb 9,90
dwudziestego ósmego marca
do trzydziestego
o szesnastej w sobotę degustacja
"""
DUTCH_IDLE = """
Vers uit de oven, warm in je hand.
Kom langs en proef het verschil.
Het ruikt hier naar brood en naar zondagochtend.
Al vroeg staat de oven aan.
Bestel vandaag nog je zuurdesembrood.
Zuurdesem kent geen haast. Wij ook niet.
Neem er een boterham van en je bent verkocht.
Ga zitten, neem een koffie, blijf even.
Met zijn tweeën aan één tafel.
Jouw ontbijt begint bij ons.
Een brood zoals oma het bakte.
Knapperig vanbuiten, zacht vanbinnen.
Wij bakken, jij smeert.
Goede morgen, Utrecht!
Alles begint met goed meel.
Elke dag opnieuw met de hand gemaakt.
Van de molen naar de oven naar jou.
Februari vraagt om brood.
Winter in de stad, warmte in de winkel.
Zeg het met brood.
Weer of geen weer: de oven brandt.
Voor wie van korst houdt.
Snij het dik, leg er kaas op.
Hallo weekend.
Nu in de winkel: ons zuurdesembrood.
Laat je verrassen door smaak.
Brood voor de hele week.
Iets voor bij de soep.
De geur komt je al op de hoek tegemoet.
Altijd even een praatje.
Lekker bij kaas, soep en een goed gesprek.
Op zoek naar een echt brood? Hier ligt het.
Kleine bakkerij, grote liefde.
Een stukje geluk bij de koffie.
Tijd voor brood.
Je proeft het meteen.
Meer korst, meer smaak.
Zaterdag? Broodjesdag.
Zin in iets warms?
"""
POLISH_IDLE = """
Prosto z pieca, jeszcze ciepły.
Wpadnij i poczuj różnicę.
Pachnie u nas chlebem i niedzielnym porankiem.
Piec rozgrzewamy wcześnie rano.
Zamów dziś swój chleb żytni.
Zakwas się nie spieszy. My też nie.
Weź kromkę i już przepadłeś.
Usiądź, napij się kawy, zostań chwilę.
We dwoje przy jednym stole.
Twoje śniadanie zaczyna się u nas.
Chleb jak u babci.
Chrupiący z wierzchu, miękki w środku.
My pieczemy, ty smarujesz.
Dzień dobry, Kraków!
Wszystko zaczyna się od dobrej mąki.
Każdego dnia od nowa, ręcznie.
Z młyna do pieca, z pieca do ciebie.
Luty prosi się o chleb.
Zima w mieście, ciepło w piekarni.
Powiedz to chlebem.
Deszcz czy słońce, piec grzeje.
Dla tych, którzy kochają skórkę.
Krój grubo, kładź ser.
Witaj, weekendzie.
Teraz w piekarni: nasz chleb żytni.
Daj się zaskoczyć.
Chleb na cały tydzień.
Coś do zupy.
Zapach spotkasz już za rogiem.
Zawsze chwila na rozmowę.
Pyszny z serem, zupą i dobrą rozmową.
Szukasz prawdziwego chleba? Leży tutaj.
Mała piekarnia, wielka miłość.
Kawałek szczęścia do kawy.
Pierwszy kęs smakuje najbardziej.
Czas na chleb.
Od razu czuć.
Więcej skórki, więcej smaku.
Sobota? Dzień bułek.
Masz ochotę na coś ciepłego?
Przyjdź, czekamy na ciebie.
Nie wiesz, co na kolację? My wiemy.
"""

SHOPS = {"bakkerij-molen": (DUTCH, DUTCH_IDLE), "piekarnia-mlynek": (POLISH, POLISH_IDLE)}


@pytest.mark.parametrize("shop", SHOPS)
def test_what_nobody_declared_is_found(shop: str):
    locale, facts = locale_of(shop), facts_for(shop)
    wrong = SHOPS[shop][0].strip().split("\n")
    assert [text for text in wrong if not check(text, locale, facts)] == []


@pytest.mark.parametrize("shop", SHOPS)
def test_what_states_nothing_passes(shop: str):
    locale, facts = locale_of(shop), facts_for(shop)
    idle = SHOPS[shop][1].strip().split("\n")
    assert [text for text in idle if check(text, locale, facts)] == []


@pytest.mark.parametrize(
    ("shop", "text"),
    [
        ("bakkerij-molen", "Zuurdesembroden, nu 25% goedkoper."),
        ("bakkerij-molen", "Zeg het met een boterham, zonder één woord."),
        ("bakkerij-molen", "Tussen dinsdag en zaterdag staan wij voor je klaar."),
        ("bakkerij-molen", "Vrijdag om acht uur open."),
        ("piekarnia-mlynek", "Nasz chleb żytni jest o ćwierć tańszy."),
        ("piekarnia-mlynek", "Zapraszamy do piekarni przy ul. Floriańskiej 24 w Krakowie."),
        ("piekarnia-mlynek", "W piątki otwarte od siódmej do dwudziestej."),
        ("piekarnia-mlynek", "Mąka? Pięć rodzajów, jeden młyn."),
    ],
)
def test_what_is_declared_passes_in_other_forms(shop: str, text: str):
    assert check(text, locale_of(shop), facts_for(shop)) == []


@pytest.mark.parametrize(
    ("shop", "text", "word"),
    [
        ("bakkerij-molen", "Bestel met kortingscode LENTE.", "LENTE"),
        ("bakkerij-molen", "Bel 12 34 56.", "12 34 56"),
        ("piekarnia-mlynek", "Zamów z kodem WIOSNA.", "WIOSNA"),
        ("piekarnia-mlynek", "Podaj hasło WIOSNA.", "WIOSNA"),
        ("piekarnia-mlynek", "Zadzwoń 12 34 56.", "12 34 56"),
        ("bakkerij-molen", "ZEVENTIG PROCENT KORTING", "ZEVENTIG PROCENT"),
        ("piekarnia-mlynek", "SIEDEMDZIESIAT PROCENT TANIEJ", "SIEDEMDZIESIAT PROCENT"),
        ("bakkerij-molen", "G R A T I S thee", "G R A T I S"),
        ("piekarnia-mlynek", "herbata GR4TIS", "GR4TIS"),
    ],
)
def test_codes_phones_and_disguises_are_found(shop: str, text: str, word: str):
    found = [one.text for one in check(text, locale_of(shop), facts_for(shop))]
    assert any(word in one or one in word for one in found), found


def test_a_page_in_several_languages_is_read_in_each_by_its_small_words():
    page = (
        "Brood van de molen en van ons.\nChleb z młyna i od nas.\nBrot von der Mühle und von uns."
    )
    read = {locale: text.split()[0] for locale, text in apart(page, ["nl-NL", "pl-PL", "de-DE"])}
    assert read == {
        "nl-NL": "Brood",
        "pl-PL": "Chleb",
        "de-DE": "Brot",
    }


@pytest.mark.parametrize(
    ("word", "other", "same"),
    [
        ("brood", "broden", True),
        ("druif", "druiven", True),
        ("pot", "potten", True),
        ("lampka", "lampek", True),
        ("żytni", "żytniego", True),
        ("przegląd", "przeglądzie", True),
        ("boot", "botten", False),
        ("chleb", "chlebowiec", False),
    ],
)
def test_forms_of_a_word_are_alike(word: str, other: str, same: bool):
    from storesync.copywriting.facts.language.reach import alike

    assert alike(word, other) is same
