"""One epoch of learning, compiled: sentences → slopes of their losses → steps of the weights.

The tuples that these functions take are explained in `learner`.
"""

import numba
import numpy as np

DROPPED, HIDDEN_DROPPED = 0.5, 0.3  # shares of features and of hidden units
SHRINK = 1e-6  # of a weight that is changed, towards nothing
LONGEST = 600  # words of a sentence that are learnt from


@numba.njit(fastmath=True)
def epoch(order, begins, words, labels, sizes, written, looks, laws, weights, squares, room, rate, seed):
    np.random.seed(seed)
    loss = 0.0
    for number in order:
        begin, end = begins[number], min(begins[number + 1], begins[number] + LONGEST)
        _score(words[begin:end], 2 + written[number], looks, weights, room)
        loss += sizes[number] * _slopes(labels[begin:end], sizes[number], laws, weights.transitions, room)
        _step(end - begin, weights, squares, room, rate)
    return loss


@numba.njit(fastmath=True)
def _score(words, written, looks, weights, room):
    for at in range(len(words)):
        linear = hidden = 0
        room.scores[at] = 0.0
        room.units[at] = weights.bias
        for place in range(6):
            there = at + place - 2
            word = written if place == 5 else 0 if there < 0 else 1 if there >= len(words) else words[there]
            cell = place * looks.words + word
            for row in looks.linear_rows[looks.linear_begins[cell]:looks.linear_begins[cell + 1]]:
                if np.random.random() >= DROPPED:
                    room.linear[at, linear] = row
                    linear += 1
                    _add(room.scores[at], weights.linear[row])
            for row in looks.hidden_rows[looks.hidden_begins[cell]:looks.hidden_begins[cell + 1]]:
                if np.random.random() >= DROPPED:
                    room.hidden[at, hidden] = row
                    hidden += 1
                    _add(room.units[at], weights.hidden[row])
        room.linear_count[at], room.hidden_count[at] = linear, hidden
        for unit in range(len(weights.bias)):
            if room.units[at, unit] <= 0.0 or np.random.random() < HIDDEN_DROPPED:
                room.units[at, unit] = 0.0
            else:
                room.units[at, unit] /= 1.0 - HIDDEN_DROPPED
                room.scores[at] += room.units[at, unit] * weights.output[unit]


@numba.njit(fastmath=True)
def _add(total, part):
    for at in range(len(total)):
        total[at] += part[at]


@numba.njit(fastmath=True)
def _forward(labels, ways, laws, room):
    """The logarithm of the sum over all sequences, without what the scores of the true labels add up to."""
    loss = 0.0
    for at in range(len(labels)):
        top = room.scores[at].max()
        total = 0.0
        for kind in range(len(ways)):
            room.likely[at, kind] = np.exp(room.scores[at, kind] - top)
            reached = laws.open[kind]
            if at:
                reached = (room.forward[at - 1] * ways[:, kind]).sum()
            room.forward[at, kind] = room.likely[at, kind] * reached
            total += room.forward[at, kind]
        room.forward[at] /= total
        loss += top + np.log(total) - room.scores[at, labels[at]]
    return loss


@numba.njit(fastmath=True)
def _backward(count, ways, laws, room):
    total = (room.forward[count - 1] * laws.close).sum()
    room.backward[count - 1] = laws.close / total
    for at in range(count - 2, -1, -1):
        for kind in range(len(ways)):
            room.backward[at, kind] = (ways[kind] * room.likely[at + 1] * room.backward[at + 1]).sum()
        room.backward[at] /= (room.forward[at] * room.backward[at]).sum()
    return np.log(total)


@numba.njit(fastmath=True)
def _slopes(labels, size, laws, transitions, room):
    """The loss of a sentence; leaves its slopes by scores and transitions, times its size, in the room."""
    ways = np.exp(transitions.astype(np.float64)) * laws.follow
    loss = _forward(labels, ways, laws, room) + _backward(len(labels), ways, laws, room)
    room.transition_slopes[:] = 0.0
    for at in range(len(labels)):
        for kind in range(len(ways)):
            room.score_slopes[at, kind] = size * room.forward[at, kind] * room.backward[at, kind]
        room.score_slopes[at, labels[at]] -= size
        if at:
            loss -= transitions[labels[at - 1], labels[at]]
            _add_pairs(room, at, ways, size)
            room.transition_slopes[labels[at - 1], labels[at]] -= size
    return loss


@numba.njit(fastmath=True)
def _add_pairs(room, at, ways, size):
    """Add how likely each pair of labels is at `at` and before it."""
    kinds = len(ways)
    total = 0.0
    for before in range(kinds):
        for kind in range(kinds):
            total += room.forward[at - 1, before] * ways[before, kind] * room.likely[at, kind] * room.backward[at, kind]
    for before in range(kinds):
        for kind in range(kinds):
            room.transition_slopes[before, kind] += (size * room.forward[at - 1, before] * ways[before, kind]
                                                     * room.likely[at, kind] * room.backward[at, kind] / total)


@numba.njit(fastmath=True)
def _change(weights, squares, slopes, rate):
    for at in range(len(weights)):
        slope = slopes[at] + SHRINK * weights[at]
        squares[at] += slope * slope
        weights[at] -= rate * slope / (np.sqrt(squares[at]) + 1e-6)


@numba.njit(fastmath=True)
def _step(count, weights, squares, room, rate):
    unit_slopes = np.zeros(len(weights.bias), np.float32)
    for at in range(count):
        slopes = room.score_slopes[at]
        if np.abs(slopes).sum() < 1e-4:  # learnt already
            continue
        for unit in range(len(unit_slopes)):
            value = room.units[at, unit]
            unit_slopes[unit] = 0.0
            if value > 0.0:
                unit_slopes[unit] = (slopes * weights.output[unit]).sum() / (1.0 - HIDDEN_DROPPED)
                _change(weights.output[unit], squares.output[unit], slopes * value, rate)
        for row in room.linear[at, :room.linear_count[at]]:
            _change(weights.linear[row], squares.linear[row], slopes, rate)
        for row in room.hidden[at, :room.hidden_count[at]]:
            _change(weights.hidden[row], squares.hidden[row], unit_slopes, rate)
        _change(weights.bias, squares.bias, unit_slopes, rate)
    for kind in range(len(weights.transitions)):
        _change(weights.transitions[kind], squares.transitions[kind], room.transition_slopes[kind].astype(np.float32),
                rate)
