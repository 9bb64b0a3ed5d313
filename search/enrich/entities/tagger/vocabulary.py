"""The words met so far → what each adds to the scores of its neighbours, summed up once for each word."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.tagger.attributes import AFTER, BEFORE, DIGIT, attributes
from search.enrich.entities.tagger.model import LABELS, SENTENCE, Floats, Model
from search.enrich.entities.tagger.reading import LINE, bare, kind

FIRST = 49_152  # words for which there is room at first; memory is taken as it fills
MOST = 45_000  # words that are kept; then the rarer half is forgotten, so that memory is bounded
EDGES = (BEFORE, AFTER)  # numbers 0 and 1
OTHER, LOWER, CAPITAL, SHOUTED = range(4)  # how a word is written, for telling headlines


class Vocabulary:
    """Numbers words; `scores[place]` has a row for each number: labels first, then hidden units."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.width = len(LABELS) + model.hidden.shape[1]
        self.ids: dict[str, int] = {}  # with and without a space before it, a word has one number
        self.count = 0
        self.kinds = np.zeros(FIRST, np.uint8)
        self.forms = np.zeros(FIRST, np.uint8)
        self.capitals = np.zeros(FIRST, np.bool_)
        self.uses = np.zeros(FIRST, np.int32)
        self.scores: Floats = np.zeros((SENTENCE, FIRST, self.width), np.float32)
        self._learn(EDGES)

    def forget(self) -> None:
        """Keep the half of the words that was in most texts; of equals, the older ones."""
        order = np.argsort(-self.uses[len(EDGES):self.count], kind="stable") + len(EDGES)
        kept = np.concatenate((np.arange(len(EDGES)), np.sort(order[:len(order) // 2])))
        place = {number: at for at, number in enumerate(kept.tolist())}
        self.ids = {part: place[number] for part, number in self.ids.items() if number in place}
        self.count = len(kept)
        for table in (self.kinds, self.forms, self.capitals, self.uses):
            table[:len(kept)] = table[kept]
        self.uses[:len(kept)] //= 2  # what was common long ago makes room in the end
        self.scores[:, :len(kept)] = self.scores[:, kept]

    def numbers(self, parts: Sequence[str]) -> NDArray[np.int32]:
        """The number of each part; new ones are learnt."""
        try:
            return np.fromiter(map(self.ids.__getitem__, parts), np.int32, len(parts))
        except KeyError:
            self._learn(tuple(dict.fromkeys(part for part in parts if part not in self.ids)))
            return np.fromiter(map(self.ids.__getitem__, parts), np.int32, len(parts))

    def _learn(self, parts: Sequence[str]) -> None:
        words = {part: self._word(part) for part in parts}
        new = [word for word in dict.fromkeys(words.values()) if word not in self.ids]
        first, end = self.count, self.count + len(new)
        self._make_room(end)
        self.ids.update(zip(new, range(first, end), strict=True))
        self.ids.update((part, self.ids[word]) for part, word in words.items())
        self.count = end
        self.kinds[first:end] = [kind(part) for part in new]
        self.forms[first:end] = [form(part) for part in new]
        self.uses[first:end] = 0
        self.capitals[first:end] = [part[0].isupper() for part in new]
        scored = [number for number in range(first, end) if self.kinds[number] > LINE]
        if scored:
            self.scores[:, scored] = self._sums([new[number - first] for number in scored])

    def _word(self, part: str) -> str:
        """What stands for a part: figures that the lexicon does not know are all alike to `attributes`."""
        word = bare(part)
        return DIGIT.sub("0", word) if word[0].isdigit() and word not in self.model.lexicon.index else word

    def _make_room(self, wanted: int) -> None:
        room = len(self.kinds)
        if wanted > room:
            more = max(wanted, 2 * room) - room
            self.kinds = np.pad(self.kinds, (0, more))
            self.forms = np.pad(self.forms, (0, more))
            self.capitals = np.pad(self.capitals, (0, more))
            self.uses = np.pad(self.uses, (0, more))
            self.scores = np.pad(self.scores, ((0, 0), (0, more), (0, 0)))

    def _sums(self, words: Sequence[str]) -> Floats:
        """The scores of words by place: array of places x words x width."""
        known, lexicon = self.model.attributes, self.model.lexicon
        found = [[known[name] for name in attributes(word.replace(" ", ""), lexicon) if name in known] or [0]
                 for word in words]
        starts = np.cumsum([0, *map(len, found[:-1])])
        flat = np.fromiter(chain.from_iterable(found), np.intp)
        model = self.model
        return np.concatenate((_sums(model.linear, model.linear_rows[flat, :SENTENCE], starts),
                               _sums(model.hidden, model.hidden_rows[flat, :SENTENCE], starts)), axis=2)

    def sentence_scores(self, name: str) -> Floats:
        """What an attribute of a whole sentence adds to the scores of each of its words."""
        number = self.model.attributes.get(name)
        if number is None:
            return np.zeros(self.width, np.float32)
        return np.concatenate([self.model.linear[self.model.linear_rows[number, SENTENCE]],
                               self.model.hidden[self.model.hidden_rows[number, SENTENCE]]])


def _sums(weights: Floats, rows: NDArray[np.int32], starts: NDArray[np.intp]) -> Floats:
    """The sums of the weights of rows, for each column (a place) and from each start to the next (a word)."""
    places = rows.shape[1]
    by_place = rows.T.ravel()
    begins = (len(rows) * np.arange(places)[:, None] + starts).ravel()
    kept = by_place > 0  # the first row is of zeros
    kept[begins] = True
    sums = np.add.reduceat(weights[by_place[kept]], (np.cumsum(kept) - 1)[begins])
    return sums.reshape(places, len(starts), -1)


def form(part: str) -> int:
    """How a word is written; short words in lower case stand in headlines too, and tell nothing."""
    first = part[0]
    if not first.isalpha():
        return OTHER
    if len(part) > 1 and part.isupper():
        return SHOUTED
    if first.isupper():
        return CAPITAL
    return LOWER if len(part) > 3 else OTHER


