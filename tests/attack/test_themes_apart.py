"""Attacks on themes: no band of one, nor of several that overlap, tells of fewer than five."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping

import pytest

from sessions import disclosure, themes
from sessions.disclosure import FLOOR, Band
from sessions.summarise import summarise
from tests.attack.subtraction import World, every, parts_of
from tests.core.coded import FIRST, SECOND, TIME, TRUST, a_record, counted

LEAST = 5
"""The attacker's own, whatever the program takes for its floor."""

ROOMS = 300

Figure = Callable[[str], None]


def overlapping(total: int, threshold: int) -> Iterator[str]:
    """Yield each part of two overlapping themes that their bands bound too narrowly.

    A world says how many answers have only the one, only the other, both, and neither. The reader
    knows how many answers there are.
    """

    def publish(world: World) -> tuple[Band | None, ...]:
        one, other, both, _neither = world
        counts = ((one + both,), (other + both,))
        return tuple(themes.band_told(each, (total,), threshold) for each in counts)

    for said, known in every(parts_of(total, 4), publish).items():
        ends = ((known.least[cell], known.most[cell]) for cell in known.narrow(range(4)))
        yield from (f"{said}: {least} to {most} of {total}" for least, most in ends)
        for cells in itertools.combinations(range(4), 2):
            sums = {sum(world[cell] for cell in cells) for world in (*known.least, *known.most)}
            if max(sums) - min(sums) < disclosure.OPEN_RANGE:
                yield f"{said}: {cells} together are {sums} of {total}"


def asked_twice(totals: tuple[int, int], threshold: int) -> Iterator[str]:
    """Yield each answer to one of two asks that the band over both bounds too narrowly."""

    def publish(world: World) -> Band | None:
        return themes.band_told(world, totals, threshold)

    worlds = itertools.product(*(range(total + 1) for total in totals))
    for said, known in every(worlds, publish).items():
        yield from (f"{said} of {totals}: {cell}" for cell in known.narrow(range(2)))


@pytest.mark.parametrize("threshold", [5, 6, 8])
def test_overlapping_themes_stay_apart(threshold: int) -> None:
    """Of answers with the one, the other, both and neither, no number is known within three."""
    # promise 17
    for total in range(FLOOR, 19):
        assert not list(overlapping(total, threshold))


@pytest.mark.parametrize("threshold", [5, 6])
def test_two_asks_are_not_told_apart(threshold: int) -> None:
    """How many answers to each ask have a theme cannot be worked out of the band over both."""
    # promise 17
    for totals in itertools.product(range(FLOOR, 17), repeat=2):
        assert not list(asked_twice(totals, threshold))


def random_counts(chance: random.Random) -> tuple[Mapping[str, Mapping[str, int]], dict[str, int]]:
    """Return how many answers to each ask have each theme, and how many there are."""
    totals = {ask: chance.choice((0, *range(5, 30))) for ask in (FIRST, SECOND)}
    codes = (TRUST.id, TIME.id, "feeling", "isolate-race", "stay-engaged")
    counts = {
        ask: {code: chance.randint(0, min(total, chance.choice((4, 6, 30)))) for code in codes}
        for ask, total in totals.items()
    }
    return counts, totals


def findings(rooms: int) -> Iterator[str]:
    """Yield each theme of random rooms that is told of too few people."""
    chance = random.Random("themes")
    for _ in range(rooms):
        counts, totals = random_counts(chance)
        summary = summarise(a_record(counted(counts, totals), own_themes=(TRUST, TIME)))
        told = {one.code: one for one in summary.coded}
        for code in {code for mine in counts.values() for code in mine}:
            people = max((mine[code] for mine in counts.values()), default=0)
            if code in told and people < LEAST:
                yield f"{told[code]} was written of by {people}"
        for one in summary.coded:
            if not one.count.split(" ")[0].isdecimal() or " " not in one.count:
                yield f"{one.count} is no band"


def test_no_theme_is_told_of_fewer_than_five_people(figure: Figure) -> None:
    """In random rooms each theme of a Summary was written of by five people at least."""
    # promise 17
    found = [*findings(ROOMS)]
    figure(f"promise 17, themes of {ROOMS} rooms: {len(found)} told of too few (limit 0)")
    assert found == []


def test_themes_counted_over_asks_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build that adds answers up before it looks, three people of two answers make six."""

    def of_all(counts: tuple[int, ...], totals: tuple[int, ...], threshold: int) -> Band | None:
        band = disclosure.band_of_part(sum(counts), sum(totals), threshold)
        return band if band.least >= threshold else None

    monkeypatch.setattr(themes, "band_told", of_all)
    assert any("was written of by" in found for found in findings(ROOMS))


def test_exact_counts_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build that tells of each theme by its figure, what has both and neither is known."""

    def exact(count: int, _total: int, _threshold: int = FLOOR) -> Band:
        return Band(count, count)

    monkeypatch.setattr(themes, "band_of_part", exact)
    assert list(overlapping(8, FLOOR))


def test_bands_that_know_no_total_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build whose bands are the same for every total, ten or more of eleven is nearly all."""

    def plain(count: int, _total: int, _threshold: int = FLOOR) -> Band:
        return disclosure.band_beside(count, ())

    monkeypatch.setattr(themes, "band_of_part", plain)
    assert list(overlapping(11, FLOOR))


def test_a_lower_threshold_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build whose floor is four, themes of four people are in a Summary."""
    plain = themes.band_told

    def of_four(counts: tuple[int, ...], totals: tuple[int, ...], _threshold: int) -> Band | None:
        return plain(counts, totals, 4)

    monkeypatch.setattr(themes, "band_told", of_four)
    for module in (disclosure, themes):
        monkeypatch.setattr(module, "FLOOR", 4)
    assert any("was written of by" in found for found in findings(ROOMS))
