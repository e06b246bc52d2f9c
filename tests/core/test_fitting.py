"""Fitting rows of time to a stop: the levels and their order, as tables and as properties."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sessions.fitting import Anchor, Bundle, Change, Fit, Remaining, fit, shared_out


def row(
    row_id: str,
    seconds: int,
    fewest: int | None = None,
    *,
    drop_order: int | None = None,
    is_slack: bool = False,
) -> Remaining:
    """Return a row that gives way only as said."""
    least = seconds if fewest is None else fewest
    return Remaining(row_id, seconds, least, drop_order=drop_order, is_slack=is_slack)


def test_a_drop_that_wins_more_than_needed_leaves_the_rest_as_planned() -> None:
    """When dropping one step is more than enough nothing else gives way, slack included."""
    rows = [row("a", 100), row("b", 300, drop_order=1), row("c", 60, 50, is_slack=True)]
    found = fit(rows, 200)
    assert found.changes == (Change("b", "dropped", 300, 0),)
    assert found.projected_seconds == 160


def test_the_drop_order_is_kept() -> None:
    """The lowest number goes first, steps of one number by their place, and none is skipped."""
    rows = [
        row(name, 60, drop_order=order) for name, order in zip("abcd", (2, 1, 2, 3), strict=True)
    ]
    dropped = {left: fit(rows, left).dropped for left in (180, 120, 60, 0)}
    assert dropped == {180: ("b",), 120: ("a", "b"), 60: ("a", "b", "c"), 0: tuple("abcd")}


@st.composite
def rows_to_fit(draw: st.DrawFn) -> list[Remaining]:
    """Draw rows with any flex, some begun and some in overtime."""
    made = []
    for place in range(draw(st.integers(1, 9))):
        seconds = draw(st.integers(0, 900))
        kind = draw(st.sampled_from(["plain", "slack", "protected", "droppable", "begun"]))
        made.append(
            Remaining(
                id=f"r{place}",
                seconds=seconds,
                fewest=0 if kind == "slack" else draw(st.integers(0, seconds)),
                drop_order=draw(st.integers(1, 3)) if kind == "droppable" else None,
                protected=kind == "protected",
                is_slack=kind == "slack",
                spent=draw(st.integers(0, 1000)) if kind == "begun" else 0,
            )
        )
    return made


def bottom(rows: list[Remaining], dropped: tuple[str, ...] = ()) -> int:
    """Return the seconds ahead when all that is not dropped is as short as may be."""
    return sum(one.fewest_ahead for one in rows if one.id not in dropped)


def ahead_of(rows: list[Remaining], found: Fit) -> dict[str, int]:
    """Return what is still to come of each row after a fit."""
    return {one.id: found.lengths[one.id] - one.spent for one in rows}


@given(rows=rows_to_fit(), share=st.floats(0, 1.2))
def test_any_delay_up_to_the_flex_is_met(rows: list[Remaining], share: float) -> None:
    """Up to the sum of flex the end meets the stop and protected minutes stay; else infeasible."""
    whole = sum(one.ahead for one in rows)
    droppable = tuple(one.id for one in rows if one.drop_order is not None)
    flex = whole - bottom(rows, droppable)
    delay = round(share * flex)
    found = fit(rows, whole - delay)
    assert found.feasible is (delay <= flex)
    assert found.fits is (delay == 0)
    if found.feasible:
        assert found.projected_seconds <= whole - delay
        assert found.projected_seconds == sum(ahead_of(rows, found).values())
        for one in rows:
            left = ahead_of(rows, found)[one.id]
            if one.protected:
                assert left == one.ahead
            if one.id not in found.dropped:
                assert one.fewest_ahead <= left <= one.ahead
    else:
        assert found.changes == ()
        assert found.missing_seconds == delay - flex
        assert found.projected_seconds == whole


@given(rows=rows_to_fit(), data=st.data())
def test_no_more_is_taken_than_needed(rows: list[Remaining], data: st.DataObject) -> None:
    """Without a drop what is taken is the overrun; the last drop and each level were needed."""
    whole = sum(one.ahead for one in rows)
    available = data.draw(st.integers(0, whole))
    found = fit(rows, available)
    if not found.feasible:
        return
    taken = {one.kind: one.from_seconds - one.to_seconds for one in found.changes}
    by_step = sum(one.from_seconds - one.to_seconds for one in found.changes)
    if not found.dropped:
        assert by_step == whole - available
    else:
        before = found.dropped
        orders = {one.id: (one.drop_order or 0, place) for place, one in enumerate(rows)}
        last = max(before, key=lambda name: orders[name])
        assert bottom(rows, tuple(name for name in before if name != last)) > available
    if {"shortened", "slack"} & taken.keys():
        assert found.projected_seconds == available
    if "shortened" in taken:
        slack = (one for one in rows if one.is_slack)
        assert all(ahead_of(rows, found)[one.id] == one.fewest_ahead for one in slack)


@given(rows=rows_to_fit(), data=st.data())
def test_dropping_follows_the_order_without_a_gap(
    rows: list[Remaining], data: st.DataObject
) -> None:
    """Whatever is dropped, everything before it in drop order that wins time is dropped too."""
    found = fit(rows, data.draw(st.integers(0, sum(one.ahead for one in rows))))
    order = sorted(
        (one.drop_order, place, one.id)
        for place, one in enumerate(rows)
        if one.drop_order is not None and one.fewest_ahead > 0
    )
    names = [name for *_, name in order]
    assert set(found.dropped) == set(names[: len(found.dropped)])


@given(rows=rows_to_fit(), data=st.data())
def test_more_time_never_takes_more(rows: list[Remaining], data: st.DataObject) -> None:
    """With more time no more is dropped, and with the same drops nothing is any shorter."""
    whole = sum(one.ahead for one in rows)
    less = data.draw(st.integers(0, whole))
    more = data.draw(st.integers(less, whole))
    tight, roomy = fit(rows, less), fit(rows, more)
    if not tight.feasible:
        return
    assert roomy.feasible
    assert set(roomy.dropped) <= set(tight.dropped)
    if roomy.dropped == tight.dropped:
        assert all(roomy.lengths[one.id] >= tight.lengths[one.id] for one in rows)
        changed = [{one.step for one in found.changes} for found in (roomy, tight)]
        assert changed[0] <= changed[1]


@given(rows=rows_to_fit(), data=st.data())
def test_fitting_is_deterministic_and_settles(rows: list[Remaining], data: st.DataObject) -> None:
    """The same rows fit the same way, and what was fitted fits as it is."""
    available = data.draw(st.integers(0, sum(one.ahead for one in rows)))
    found = fit(rows, available)
    assert fit(list(rows), available) == found
    if found.feasible:
        taken = [
            replace(one, seconds=found.lengths[one.id], fewest=min(one.fewest, one.seconds))
            for one in rows
            if one.id not in found.dropped
        ]
        assert fit(taken, available).fits


@given(
    rooms=st.lists(st.integers(0, 400), min_size=1, max_size=12),
    totals=st.tuples(st.integers(0, 3000), st.integers(0, 3000)),
)
def test_shares_add_up_and_grow_with_the_total(rooms: list[int], totals: tuple[int, int]) -> None:
    """Shares are whole, exact, within their rooms, near their due, and never shrink."""
    less, more = sorted(totals)
    shares = [shared_out(less, rooms), shared_out(more, rooms)]
    for total, share in zip((less, more), shares, strict=True):
        assert sum(share) == min(total, sum(rooms))
        assert all(0 <= one <= room for one, room in zip(share, rooms, strict=True))
    assert all(one <= other for one, other in zip(*shares, strict=True))


def test_waiting_takes_up_a_delay() -> None:
    """A step that may not start before its time is waited for, and a late start costs nothing."""
    rows = [row("talk", 600, 300), row("lunch", 1800), row("more", 600)]
    held = [Anchor(1, "lunch", earliest=900)]
    on_time = fit(rows, 3300, anchors=held)
    assert (on_time.fits, on_time.projected_seconds) == (True, 3300)
    late = fit([replace(rows[0], seconds=800), *rows[1:]], 3300, anchors=held)
    assert (late.fits, late.projected_seconds) == (True, 3300)


def test_nothing_before_a_wait_is_cut_for_the_stop() -> None:
    """Only what comes after the wait can win time for the stop."""
    rows = [row("talk", 600, 300), row("lunch", 1800), row("more", 600, 400)]
    found = fit(rows, 3200, anchors=[Anchor(1, "lunch", earliest=900)])
    assert found.seconds == {"more": 500}
    assert found.projected_seconds == 3200
    none = fit(rows, 3000, anchors=[Anchor(1, "lunch", earliest=900)])
    assert (none.feasible, none.missing_seconds, none.blocked) == (False, 100, None)


def test_a_latest_time_is_a_stop_for_what_comes_before() -> None:
    """Steps before it give way so that a step starts by its latest time; later ones do not."""
    rows = [row("talk", 600, 300), row("lunch", 1800), row("more", 600, 100)]
    found = fit(rows, 9999, anchors=[Anchor(1, "lunch", latest=450)])
    assert (found.fits, found.seconds, found.projected_seconds) == (False, {"talk": 450}, 2850)
    none = fit(rows, 9999, anchors=[Anchor(1, "lunch", latest=200)])
    assert (none.feasible, none.missing_seconds, none.blocked) == (False, 100, "lunch")


def test_a_dropped_step_holds_nothing() -> None:
    """The clock times of a step that is dropped are forgotten."""
    rows = [row("talk", 600), row("lunch", 300, drop_order=1), row("more", 600)]
    found = fit(rows, 1200, anchors=[Anchor(1, "lunch", earliest=900, latest=1000)])
    assert (found.feasible, found.dropped, found.projected_seconds) == (True, ("lunch",), 1200)


@given(rows=rows_to_fit(), data=st.data())
def test_every_anchor_is_kept_when_feasible(rows: list[Remaining], data: st.DataObject) -> None:
    """A feasible fit starts every held step between its times and ends by the stop."""
    places = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=3, unique=True))
    times = st.none() | st.integers(0, 3000)
    held = [Anchor(place, rows[place].id, data.draw(times), data.draw(times)) for place in places]
    available = data.draw(st.integers(0, 5000))
    found = fit(rows, available, anchors=held)
    if not found.feasible:
        assert found.missing_seconds > 0
        return
    now, live = 0, {one.row: one for one in held if one.owner not in found.dropped}
    for place, one in enumerate(rows):
        if place in live:
            now = max(now, live[place].earliest or 0)
            latest = live[place].latest
            assert latest is None or now <= latest
        now += ahead_of(rows, found)[one.id]
    assert now == found.projected_seconds <= available


def test_rows_of_a_bundle_are_dropped_together() -> None:
    """Dropping a step drops its parts; a bundle that holds a protected row is never dropped."""
    rows = [row("a", 100), row("b", 100, drop_order=3), row("c", 100), row("d", 100)]
    pair = Bundle("bc", 2, ("bc", "b", "c"))
    found = fit(rows, 250, bundles=[pair])
    assert found.changes == (Change("bc", "dropped", 200, 0, ("b", "c")),)
    inner = fit(rows, 150, bundles=[replace(pair, drop_order=4), Bundle("d", 5, ("d",))])
    assert inner.dropped == ("bc", "d")
    kept = fit([*rows[:2], replace(rows[2], protected=True), rows[3]], 250, bundles=[pair])
    assert kept.feasible is False
