"""The language of a text is told by its letters, its page, and its commonest words."""

import pytest

from scrapers.language import language_of

ENGLISH = "The bridge is to be closed in March and the ferry is to sail on Sundays, said the mayor of the town."
ARABIC = "قال المجلس إن الجسر القديم سيغلق في آذار"


@pytest.mark.parametrize(
    ("text", "claimed", "code"),
    [
        (ENGLISH, "", "en"),
        (ENGLISH, "en-GB", "en"),
        (ARABIC, "", "ar"),
        (ARABIC, "en", "ar"),
        (ARABIC, "fa-IR", "fa"),
        ("Le pont sur la Marl est fermé pour les travaux et le maire est dans une colère noire", "", "fr"),
        ("Die Brücke ist nicht mit dem Auto zu befahren, und das im Sommer", "", "de"),
        ("El puente de la ciudad se cerrará por las obras en los meses del verano", "", "es"),
        ("هەولێر ڕۆژی دووشەممە کۆبوونەوەیەکی گرنگ بەڕێوەدەچێت", "", "ckb"),
        ("Мост закроют весной", "uk", "uk"),
        ("Мост закроют весной", "en", "ru"),
        (ENGLISH, "ar", "en"),
        ("Brua stenges i mars", "no", "no"),
        ("", "", "und"),
        ("12 345", "", "und"),
        ("x y z", "not a language", "und"),
    ],
)
def test_the_language_is_told(text: str, claimed: str, code: str) -> None:
    assert language_of(text, claimed) == code
