import pytest

from search.enrich.entities.tagger.attributes import attributes
from search.enrich.entities.tagger.model import CENTRE, LABELS, load
from search.enrich.entities.tagger.vocabulary import EDGES, Vocabulary, form


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(load())


def test_a_space_before_a_word_makes_no_other_word(vocabulary: Vocabulary) -> None:
    assert len(set(vocabulary.numbers([" Roe", "Roe", " Roe"]).tolist())) == 1
    assert len(set(vocabulary.numbers([" ", "  ", "\n"]).tolist())) == 3


def test_figures_that_look_alike_are_one_word(vocabulary: Vocabulary) -> None:
    assert len(set(vocabulary.numbers(["8,731,205", " 1,042,998", "0,000,000"]).tolist())) == 1
    assert len(set(vocabulary.numbers(["8,731,205", "8.731.205"]).tolist())) == 2


@pytest.mark.parametrize("word", ["Kestrel", "8,731,205", "Al-Roe", "said"])
def test_a_words_scores_are_the_sums_of_its_attributes_weights(vocabulary: Vocabulary, word: str) -> None:
    model = vocabulary.model
    known = [model.attributes[name] for name in attributes(word, model.lexicon) if name in model.attributes]
    vocabulary.numbers(["rain", word, "snow"])  # neighbours in the batch
    for place in range(5):
        found = vocabulary.scores[place, vocabulary.ids[word]]
        wanted = model.linear[model.linear_rows[known, place]].sum(axis=0)
        assert found[:len(LABELS)] == pytest.approx(wanted, abs=1e-4)
        wanted = model.hidden[model.hidden_rows[known, place]].sum(axis=0)
        assert found[len(LABELS):] == pytest.approx(wanted, abs=1e-4)


def test_common_words_stay_when_rare_ones_are_forgotten(vocabulary: Vocabulary) -> None:
    common, rare = vocabulary.numbers([" Roe", "Marlo"]).tolist()
    vocabulary.uses[common] = 9
    scores = vocabulary.scores[CENTRE, common].copy()
    vocabulary.forget()
    assert "Marlo" not in vocabulary.ids
    assert vocabulary.ids["Roe"] == vocabulary.ids[" Roe"] == len(EDGES)
    assert (vocabulary.scores[CENTRE, len(EDGES)] == scores).all()
    assert vocabulary.count == len(EDGES) + 1 == rare


def test_more_words_than_there_is_room_for_find_room(vocabulary: Vocabulary) -> None:
    room = len(vocabulary.kinds)
    vocabulary.count = room - 1
    numbers = vocabulary.numbers(["Roe", "Marlo", "Salen"]).tolist()
    assert numbers == [room - 1, room, room + 1]
    assert vocabulary.scores[CENTRE, numbers].any(axis=1).all()
    assert len(vocabulary.uses) == len(vocabulary.kinds) == vocabulary.scores.shape[1] >= room + 2


def test_words_are_told_by_how_they_are_written() -> None:
    assert [form(word) for word in ("rain", "of", "Roe", "HRW", "2019", "A")] == [1, 0, 2, 3, 0, 2]
