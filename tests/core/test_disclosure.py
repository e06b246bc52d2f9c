"""What may be told of a number of people: never fewer than five, and never an untrue sentence."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.disclosure import FLOOR, band, band_beside, band_of_part, in_words, merged

LETTERS = "abcdefghi"

some_counts = st.lists(st.integers(0, 40), min_size=1, max_size=9)
few_counts = st.lists(st.integers(0, 6), min_size=1, max_size=9)
counts_of_a_room = st.one_of(some_counts, few_counts)
thresholds = st.integers(-3, 12)


def labels(counts: list[int]) -> list[str]:
    """Return a one-letter label for each count."""
    return list(LETTERS[: len(counts)])


@given(counts_of_a_room, thresholds)
def test_what_is_told_in_figures_is_enough_and_adds_up(counts: list[int], threshold: int) -> None:
    """Each group reaches the threshold, and together they are everybody: nothing to subtract."""
    # promise 17
    groups = merged(labels(counts), counts, threshold)
    least = max(threshold, FLOOR)
    assert all(group.count >= least for group in groups)
    if groups:
        assert sum(group.count for group in groups) == sum(counts)
        assert len(groups) > 1


@given(counts_of_a_room, thresholds)
def test_only_neighbours_are_merged(counts: list[int], threshold: int) -> None:
    """The groups name every option once, in order, and each has its options' sum."""
    groups = merged(labels(counts), counts, threshold)
    if not groups:
        return
    named = [name for group in groups for name in group.label.split(" or ")]
    assert named == labels(counts)
    by_label = dict(zip(labels(counts), counts, strict=True))
    assert all(
        group.count == sum(by_label[name] for name in group.label.split(" or ")) for group in groups
    )


@given(counts_of_a_room)
def test_no_more_is_merged_than_must_be(counts: list[int]) -> None:
    """When every option reaches the threshold by itself, nothing is merged."""
    if len(counts) > 1 and min(counts) >= FLOOR:
        assert [group.count for group in merged(labels(counts), counts)] == counts


@given(counts_of_a_room, thresholds)
def test_no_sentence_tells_of_fewer_than_the_threshold(counts: list[int], threshold: int) -> None:
    """Every figure in the sentence reaches the threshold, or is the threshold itself."""
    # promise 27
    sentence = in_words(labels(counts), counts, threshold)
    assert all(int(figure) >= max(threshold, FLOOR) for figure in re.findall(r"\d+", sentence))
    assert sentence.endswith(".")


@given(counts_of_a_room, thresholds)
def test_figures_in_the_sentence_are_those_of_the_groups(counts: list[int], threshold: int) -> None:
    """Sentence and groups tell the same, so that the two cannot be played off."""
    sentence = in_words(labels(counts), counts, threshold)
    told = [f"{one.label}: {one.count}" for one in merged(labels(counts), counts, threshold)]
    assert sentence.startswith("Of ") == bool(told)
    if told:
        assert sentence == f"Of {sum(counts)}: {'; '.join(told)}."


@given(counts_of_a_room, thresholds)
def test_most_means_more_than_half(counts: list[int], threshold: int) -> None:
    """“Most” and “nearly all” are said only when they are true, and only when few dissent."""
    sentence = in_words(labels(counts), counts, threshold)
    found = re.fullmatch(r"(\d+) answered; (most|nearly all) chose: (\w)\.", sentence)
    if found is None:
        return
    total, most = sum(counts), max(counts)
    assert int(found[1]) == total
    assert counts[LETTERS.index(found[3])] == most
    assert total - most < max(threshold, FLOOR)
    assert most * 2 > total
    if found[2] == "nearly all":
        assert most * 4 > total * 3


@given(st.integers(5, 60), st.data())
def test_the_sentence_does_not_tell_how_many_dissent(most: int, data: st.DataObject) -> None:
    """With the same total, one dissenter and four read the same; so does none."""
    total = data.draw(st.integers(most, most + 4).filter(lambda one: (one - most) * 2 < one))
    others = total - most
    alone = in_words(["a", "b"], [total, 0])
    assert in_words(["a", "b"], [most, others]) == alone


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([], "Fewer than 5 people answered, so nothing is told."),
        ([4], "Fewer than 5 people answered, so nothing is told."),
        ([2, 2, 0], "Fewer than 5 people answered, so nothing is told."),
        ([5, 0], "5 answered, too few to tell what."),
        ([3, 3], "6 answered, too few to tell what."),
        ([4, 3], "7 answered; at least half chose: a."),
        ([4, 4], "8 answered; at least half chose: a."),
        ([2, 2, 2, 2], "8 answered; put in order, the answer in the middle is: b."),
        ([4, 5], "9 answered; most chose: b."),
        ([0, 24], "24 answered; nearly all chose: b."),
        ([20, 4], "24 answered; nearly all chose: a."),
        ([15, 4], "19 answered; most chose: a."),
        ([6, 7], "Of 13: a: 6; b: 7."),
        ([3, 4, 8], "Of 15: a or b: 7; c: 8."),
        ([9, 9, 2], "Of 20: a: 9; b or c: 11."),
        ([2, 20, 3], "25 answered; at least half chose: b."),
        ([4, 4, 4], "12 answered; put in order, the answer in the middle is: b."),
    ],
)
def test_sentences(counts: list[int], sentence: str) -> None:
    """The sentences of small and large, agreed and divided rooms."""
    assert in_words(labels(counts), counts) == sentence


def test_points_of_a_scale_are_told_from_the_first_to_the_last() -> None:
    """Three points together read as a stretch of the scale, two as one or the other."""
    points = ["1 (not useful)", "2", "3", "4", "5 (very useful)"]
    (low, high) = merged(points, [4, 4, 2, 2, 12], scale=True)
    assert (low.label, high.label) == ("1 (not useful) or 2", "3 to 5 (very useful)")
    assert in_words(points, [4, 4, 2, 2, 12], scale=True) == (
        "Of 24: 1 (not useful) or 2: 8; 3 to 5 (very useful): 16."
    )
    assert merged(points, [4, 4, 2, 2, 12])[1].label == "3 or 4 or 5 (very useful)"


def test_a_threshold_below_the_floor_is_the_floor() -> None:
    """Nobody can ask for less than five."""
    assert merged(["a", "b"], [3, 9], threshold=2) == ()
    assert in_words(["a", "b"], [2, 2], threshold=1).startswith("Fewer than 5")


@given(st.integers(0, 3000))
def test_a_band_holds_its_number_and_never_tells_of_few(count: int) -> None:
    """A band is at least five wide, holds the number, and small numbers are told apart by none."""
    told = band(count)
    if count < FLOOR:
        assert told == "fewer than 5"
    elif count >= 500:
        assert told == "500 or more"
    else:
        low, high = (int(figure) for figure in re.findall(r"\d+", told))
        assert low <= count <= high
        assert high - low >= 4


def test_bands_leave_no_gap() -> None:
    """Neighbouring numbers are in the same band or in the next one."""
    bands = list(dict.fromkeys(band(count) for count in range(600)))
    assert (bands[0], bands[-1]) == ("fewer than 5", "500 or more")
    ends = [[int(figure) for figure in re.findall(r"\d+", told)] for told in bands[1:-1]]
    assert ends[0][0] == FLOOR
    assert all(high + 1 == low for (_, high), (low, _) in itertools.pairwise(ends))
    assert ends[-1][1] == 499


@pytest.mark.parametrize(
    ("count", "answered", "told"),
    [
        (24, (), "20 to 29"),
        (24, (22, 24), "20 to 29"),
        (7, (7,), "5 to 19"),
        (12, (7,), "5 to 19"),
        (9, (6,), "5 to 9"),
        (29, (28,), "20 to 49"),
        (60, (28,), "50 to 99"),
        (9, (12,), "10 to 19"),
        (505, (499,), "200 or more"),
        (3, (), "fewer than 5"),
    ],
)
def test_a_band_beside_a_figure_does_not_end_just_above_it(
    count: int, answered: tuple[int, ...], told: str
) -> None:
    """Of 7 that answered in a room of 5 to 9 it would be known that at most 2 did not."""
    # promise 17
    assert str(band_beside(count, answered)) == told


@given(st.integers(8, 400), st.integers(5, 12))
def test_a_band_of_a_part_leaves_both_sides_open(total: int, threshold: int) -> None:
    """With the total known, neither those it is true of nor the others are known to three."""
    # promise 17
    told: dict[str, list[int]] = {}
    for count in range(total + 1):
        told.setdefault(str(band_of_part(count, total, threshold)), []).append(count)
    assert all(counts[-1] - counts[0] >= 3 for counts in told.values())
    assert all(counts == [*range(counts[0], counts[-1] + 1)] for counts in told.values())


@pytest.mark.parametrize(
    ("count", "total", "told"),
    [(3, 24, "fewer than 5"), (5, 24, "5 to 9"), (24, 24, "20 or more"), (6, 12, "5 or more")],
)
def test_bands_of_parts(count: int, total: int, told: str) -> None:
    """The bands of some themes."""
    assert str(band_of_part(count, total)) == told
