"""French, as one file: expressions of news and their readings, published on Tuesday, 19 November 2019."""

import pytest

from search.enrich.dates import tag
from tests.search.enrich.dates.readings import values

READINGS = [
    ("le 18 novembre 2019", "18 novembre 2019", "2019-11-18"),
    ("réunis le 1er mai 2011", "1er mai 2011", "2011-05-01"),
    ("lundi 18 novembre", "lundi 18 novembre", "2019-11-18"),
    ("lundi (18 novembre)", "lundi (18 novembre)", "2019-11-18"),
    ("il est mort le 20 octobre", "20 octobre", "2019-10-20"),
    ("il sera jugé le 3 février", "3 février", "2020-02-03"),
    ("à partir du 1er juillet", "1er juillet", "2020-07-01"),
    ("le 1er juillet dernier", "1er juillet dernier", "2019-07-01"),
    ("le 5 juin prochain", "5 juin prochain", "2020-06-05"),
    ("le 5 juin de l'an dernier", "5 juin de l'an dernier", "2018-06-05"),
    ("du 3 au 5 juin 2016", "3 au 5 juin 2016", "2016-06-03/2016-06-05"),
    ("le 04/03/2019", "04/03/2019", "2019-03-04"),
    ("en mars 2011", "mars 2011", "2011-03"),
    ("la grève a commencé en septembre", "septembre", "2019-09"),
    ("le pont ouvrira en avril", "avril", "2020-04"),
    ("en juillet dernier", "juillet dernier", "2019-07"),
    ("en mars prochain", "mars prochain", "2020-03"),
    ("fin novembre 2015", "fin novembre 2015", "2015-11"),
    ("à la mi-octobre, il a démissionné", "à la mi-octobre", "2019-10"),
    ("au mois d'août, la rivière était à sec", "mois d'août", "2019-08"),
    ("elle a été élue lundi", "lundi", "2019-11-18"),
    ("lundi prochain", "lundi prochain", "2019-11-25"),
    ("vendredi dernier", "vendredi dernier", "2019-11-15"),
    ("le vote est prévu dimanche", "dimanche", "2019-11-24"),
    ("il est arrivé dimanche soir", "dimanche soir", "2019-11-17TEV"),
    ("depuis lundi", "depuis lundi", "2019-11-18"),
    ("tous les mardis", "tous les mardis", "XXXX-WXX-2"),
    ("hier", "hier", "2019-11-18"),
    ("avant-hier", "avant-hier", "2019-11-17"),
    ("aujourd’hui", "aujourd’hui", "2019-11-19"),
    ("demain matin", "demain matin", "2019-11-20TMO"),
    ("après-demain", "après-demain", "2019-11-21"),
    ("ce matin", "ce matin", "2019-11-19TMO"),
    ("cette nuit", "cette nuit", "2019-11-19TNI"),
    ("à 18 h 30", "à 18 h 30", "2019-11-19T18:30"),
    ("la semaine dernière", "semaine dernière", "2019-W46"),
    ("cette semaine", "cette semaine", "2019-W47"),
    ("la semaine prochaine", "semaine prochaine", "2019-W48"),
    ("le mois dernier", "mois dernier", "2019-10"),
    ("l'an dernier", "l'an dernier", "2018"),
    ("l’année prochaine", "l’année prochaine", "2020"),
    ("cette année", "cette année", "2019"),
    ("il y a deux ans", "il y a deux ans", "2017"),
    ("il y a environ trois semaines", "il y a environ trois semaines", "2019-W44"),
    ("il y a quelques jours", "il y a quelques jours", "PAST_REF"),
    ("dans dix jours", "dans dix jours", "2019-11-29"),
    ("pendant vingt-cinq ans", "vingt-cinq ans", "P25Y"),
    ("deux ans et demi", "deux ans et demi", "P2Y6M"),
    ("plus de six mois", "plus de six mois", "P6M"),
    ("ces dernières semaines", "ces dernières semaines", "PXW"),
    ("chaque année", "chaque année", "P1Y"),
    ("tous les deux mois", "tous les deux mois", "P2M"),
    ("au printemps 2017", "au printemps 2017", "2017-SP"),
    ("l'été dernier", "l'été dernier", "2019-SU"),
    ("au troisième trimestre 2018", "troisième trimestre 2018", "2018-Q3"),
    ("au premier semestre de 2018", "premier semestre de 2018", "2018-H1"),
    ("dans les années 1990", "les années 1990", "199"),
    ("les années soixante", "les années soixante", "196"),
    ("au XIXe siècle", "XIXe siècle", "18"),
    ("depuis 1994", "depuis 1994", "1994"),
    ("la dernière semaine de mars 2018", "dernière semaine de mars 2018", "2018-03-25/2018-03-31"),
    ("le premier lundi de mai 2018", "premier lundi de mai 2018", "2018-05-07"),
    ("à la fin de l’année", "la fin de l’année", "2019"),
    ("à Noël dernier, la place était vide", "Noël dernier", "2018-12-25"),
    ("le lundi de Pâques 2019", "lundi de Pâques 2019", "2019-04-22"),
    ("actuellement", "actuellement", "PRESENT_REF"),
    ("récemment", "récemment", "PAST_REF"),
    ("à l'avenir", "à l'avenir", "FUTURE_REF"),
]


@pytest.mark.parametrize(("text", "words", "value"), READINGS)
def test_a_french_expression_has_its_reading(text: str, words: str, value: str) -> None:
    assert values(text) == [(words, value)]


@pytest.mark.parametrize("text", [
    "une fille de 12 ans", "âgé de 34 ans", "1 814 vues", "les 2016 personnes", "la planète Mars", "voir la page 1998",
    "il a été élu", "la chambre 2020", "vers 2000 av. J.-C.", "le 31 février et le 32 mars",
])
def test_what_only_looks_like_a_french_date_is_none(text: str) -> None:
    assert values(text) == []


def test_the_day_after_counts_from_the_day_before_it() -> None:
    text = "Le 3 mars 2018, les pompes ont cédé ; le lendemain, la ville était à sec, et la semaine suivante aussi."
    assert [value for _, value in values(text)] == ["2018-03-03", "2018-03-04", "2018-W10"]


def test_a_yearless_day_stays_yearless_without_a_publication_date() -> None:
    assert [m.value for m in tag("le 29 février, puis le 18 novembre", None)] == ["XXXX-02-29", "XXXX-11-18"]
