import pytest

from tests.search.enrich.attribution.marked import sources, unnamed


@pytest.mark.parametrize("text", [
    "[PER Ana Kestrel] said it had rained.",
    "[PER Ana Kestrel] has also repeatedly said that it had rained.",
    "[PER Ana Kestrel] on Monday said it had rained.",
    "[PER Ana Kestrel] in a letter on Monday said it had rained.",
    "[PER Ana Kestrel] is telling voters that it will rain.",
    "[PER Ana Kestrel], a farmer near [LOC Vardis], said it had rained.",
    "[PER Ana Kestrel], who farms near [LOC Vardis], [LOC Velmara], said it had rained.",
    "[PER Ana Kestrel] — a farmer — said it had rained.",
    "[PER Ana Kestrel] (Lab.) said it had rained.",
    "[PER Ana Kestrel] of [LOC Vardis], [LOC Velmara], said it had rained.",
    "[PER Ana Kestrel] III said it had rained.",
    "A young farmer, [PER Ana Kestrel], said it had rained.",
    "“It rained,” [PER Ana Kestrel] added.",
    "“It rained,” said [PER Ana Kestrel], who was there.",
    "“It rained,” said the deputy director of rivers, [PER Ana Kestrel].",
    '"It rained," said [PER Ana Kestrel].',
    "It rained, said [PER Ana Kestrel].",
    "Said [PER Ana Kestrel]: “It rained.”",
    "[PER Ana Kestrel] thanked the crowd and said it had rained.",
    "[PER Ana Kestrel] left the hall, telling reporters that it had rained.",
    "Hours later, [PER Ana Kestrel] went home, saying it had rained.",
    "[PER Ana Kestrel] issued a statement on the rain.",
    "[PER Ana Kestrel] did not say whether it had rained.",
    "[PER Ana Kestrel] accused the town of waste.",
    "[PER Ana Kestrel] found that it had rained.",
    "[PER Ana Kestrel]: It has rained",
    "A spokesman for [ORG Kestrel Mills] said it had rained.",
    "The [ORG Kestrel Mills] spokesman said it had rained.",
    "The head of the [ORG Rivers Agency] said it had rained.",
    "A [ORG Harbour Post] poll says it has rained.",
    "[LOC Velmara] said it would build the dam.",
])
def test_who_speaks_is_a_source(text: str) -> None:
    assert len(sources(text)) == 1


def test_all_who_speak_together_are_sources() -> None:
    assert sources("[PER Ana Kestrel], [PER Ben Marsh] and [PER Reed] said so.") == ["Ana Kestrel", "Ben Marsh", "Reed"]
    assert sources("“So it is,” said [PER Ana Kestrel] and [PER Ben Marsh].") == ["Ana Kestrel", "Ben Marsh"]


@pytest.mark.parametrize(("text", "source"), [
    ("[ORG Harbour Post] editor [PER Ana Kestrel] said so.", "Ana Kestrel"),
    ("“So it is,” said [ORG Kestrel Mills] director [PER Ben Marsh].", "Ben Marsh"),
    ("[PER Ana Kestrel], a friend of [PER Ben Marsh], says [PER Reed] will leave.", "Ana Kestrel"),
    ("[PER Ana Kestrel], who heads [ORG Kestrel Mills], said [PER Reed]’s plan had failed.", "Ana Kestrel"),
    ("In [LOC Vardis], [PER Ana Kestrel] said so.", "Ana Kestrel"),
])
def test_of_several_names_the_speaker_is_the_source(text: str, source: str) -> None:
    assert sources(text) == [source]


@pytest.mark.parametrize("text", [
    "[PER Ana Kestrel] walked home in the rain.",
    "[PER Ana Kestrel] was told that it had rained.",
    "[PER Ana Kestrel] was criticized by the farmers.",
    "[ORG Kestrel Mills] found a wallet.",
    "[PER Ana Kestrel] added two rooms to the house.",
    "[PER Ana Kestrel]’s comments were printed.",
    "It is clear what [PER Ana Kestrel] said.",
    "He liked nothing that [PER Ana Kestrel] had said.",
    "“The farmers and [PER Ana Kestrel] said it had rained,” he added.",
    "The wife of [PER Ana Kestrel] said it had rained.",
    "He spoke after the officials in [LOC Vardis] said so.",
    "She owns a band called [ORG Kestrel].",
    "Score, [PER Ana Kestrel]: 14",
    "[PER Ana Kestrel]: 1,769",
])
def test_who_does_not_speak_is_no_source(text: str) -> None:
    assert sources(text) == []


@pytest.mark.parametrize(("text", "source"), [
    ("Turkish officials had said that it rained.", "Turkish officials"),
    ("Several senior diplomats say it rained.", "Several senior diplomats"),
    ("A spokesman for the ministry said it rained.", "A spokesman for the ministry"),
    ("The military said it rained.", "The military"),
    ("Supporters of [PER Ana Kestrel] said it rained.", "Supporters of Ana Kestrel"),
    ("“It rained,” said two farmers.", "two farmers"),
])
def test_people_without_a_name_are_recorded_apart(text: str, source: str) -> None:
    assert unnamed(text) == [source]
    assert sources(text) == []


@pytest.mark.parametrize("text", ["The lawmaker said so.", "The company said so.", "She said her office said so.",
                                  "He said so.", "“The officials said so,” he wrote."])
def test_who_was_named_before_is_no_unnamed_source(text: str) -> None:
    assert unnamed(text) == []
