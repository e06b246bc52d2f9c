"""The panel of turns: what it says, in which signs, and how it looks on the smallest terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult

from agreements.plan import PerPersonDuration, Step
from dialogue.phrases import CUE_SIGNS
from dialogue.tui.theme import DARK, VARIABLE_DEFAULTS
from dialogue.tui.widgets.large import LETTERS, ROWS, large
from dialogue.tui.widgets.turns import CUES, DOING, TurnPanel, bar, shown
from sessions.laying import Change, Mark, VoiceMore, lay_out
from sessions.turns import Turns, TurnView
from tests.plugin_sessions import step_of

Snap = Callable[..., bool]

SMALL = (80, 30)
LOW = (80, 24)
PAIRS = step_of("pairs", 12, format="pair", group_size=2)
ROUND = step_of(
    "round", format="round", duration=PerPersonDuration(seconds_each=50, handover_seconds=10)
)
THREE_EACH = PerPersonDuration(seconds_each=180, handover_seconds=0)
FIVES = step_of("fives", format="group", group_size=5, duration=THREE_EACH)
BOWL = step_of("bowl", 28, format="fishbowl")
GROUPS = step_of("groups", 18, format="group", group_size=5)


def seen(step: Step, heads: int, seconds: int, at: int, *marks: Mark) -> TurnView:
    """Return what a panel is given at a second."""
    layout = lay_out(step, (Change(0, heads, seconds),), marks)
    assert layout is not None
    view = Turns(layout).at(at)
    assert view is not None
    return view


@pytest.mark.parametrize(
    ("view", "number", "of", "digits", "words", "signs"),
    [
        (seen(PAIRS, 12, 720, 130), "1", "of 2\nspeaker", "3:50", "left to speak", "◐○"),
        (
            seen(ROUND, 12, 720, 152),
            "3",
            "of 12\nspeaker",
            "0:18",
            "left to speak",
            "●●◐" + "○" * 9,
        ),
        (seen(ROUND, 12, 720, 175), "", "", "0:05", "to change places", "●●●" + "○" * 9),
        (seen(ROUND, 20, 1200, 10), "1", "of 20\nspeaker", "0:40", "left to speak", ""),
        (seen(ROUND, 12, 720, 730, VoiceMore(725)), "", "", "0:55", "one voice more", ""),
        (seen(BOWL, 30, 1680, 800), "2", "of 2\nring", "10:40", "left to speak", "●◐"),
        (seen(BOWL, 30, 1680, 1500), "", "", "", "the outer ring", ""),
        (seen(GROUPS, 20, 1080, 100), "", "", "", "all together", ""),
        (seen(PAIRS, 12, 720, 790), "", "", "", "over the time", "●●"),
    ],
)
def test_it_says_whose_turn_it_is(
    view: TurnView, number: str, of: str, digits: str, words: str, signs: str
) -> None:
    """A number, of how many, the time that is left where it is the turn's own, and its signs."""
    found = shown(view)
    assert (found.number, found.of, found.digits, found.words, found.signs) == (
        number,
        of,
        digits,
        words,
        signs,
    )


def test_tables_that_differ_have_rows_of_their_own() -> None:
    """Where all do the same there is no row; else one for each, and what is called in its place."""
    assert shown(seen(PAIRS, 12, 720, 130)).rows == ()
    (three, *_pairs) = shown(seen(PAIRS, 13, 720, 361)).rows
    assert " ".join(three.split()) == "table of 3 speaker 2 of 3 1:59 ●◐○"
    rows = shown(seen(FIVES, 22, 1080, 905)).rows
    assert [" ".join(row.split()) for row in rows] == [
        "2 tables of 6 » CHANGE 2:55 ●●●●●◐",
        "2 tables of 5 ↻ ONCE MORE 0:31 ◐○○○○",
    ]


def test_every_cue_fits_the_smallest_terminal_in_large_letters() -> None:
    """Each has a sign and words that are three rows high on 80 columns, and plain on 30."""
    for cue, words in CUES.items():
        sign = CUE_SIGNS[cue]
        rows = bar(cue, SMALL[0] - 4).split("\n")
        assert len(rows) == ROWS
        assert len({len(row) for row in rows}) == 1
        assert len(rows[0]) <= SMALL[0] - 4
        assert rows[1].startswith(sign)
        assert rows[1].endswith(sign)
        assert bar(cue, 20) == f"{sign}  {words}  {sign}"
    assert len(set(CUES.values())) == len(CUES)


def test_letters_are_three_rows_and_accents_are_left_away() -> None:
    """Every letter has rows of one width; a script that is not known has no large letters."""
    assert all(len({len(row) for row in rows}) == 1 for rows in LETTERS.values())
    assert large("Última", 80) == large("ULTIMA", 80) != large("ULTIMO", 80)
    assert large("الأخيرة", 80) is None
    assert large("", 80) is None
    assert large("CHANGE", 10) is None


def test_everything_that_can_go_on_has_words() -> None:
    """No second of a step is without words for what the digits are of."""
    assert set(DOING) == {"turn", "handover", "voice", "outer", "together", "over"}


class Panels(App[None]):
    """A small app with panels, one under the other."""

    CSS = "TurnPanel { margin-bottom: 1; }"

    def __init__(self, *views: TurnView | None) -> None:
        super().__init__()
        self._views = views
        self.register_theme(DARK)
        self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own variables."""
        return VARIABLE_DEFAULTS

    def compose(self) -> ComposeResult:
        """Stack the panels."""
        yield from (TurnPanel() for _ in self._views)

    def on_mount(self) -> None:
        """Show what each was given."""
        for panel, view in zip(self.query(TurnPanel), self._views, strict=True):
            panel.show(view)


def test_turns_look_as_they_did(snap_compare: Snap) -> None:
    """A pair step, the same at its half with a table of three, a round, and one voice more."""
    app = Panels(
        seen(PAIRS, 12, 720, 130),
        seen(PAIRS, 13, 720, 361),
        seen(ROUND, 12, 720, 152),
        seen(ROUND, 12, 720, 730, VoiceMore(725)),
    )
    assert snap_compare(app, terminal_size=SMALL)


def test_tables_and_cues_look_as_they_did(snap_compare: Snap) -> None:
    """Tables of unequal size, the change of a round, and the last minute of groups."""
    app = Panels(
        seen(FIVES, 22, 1080, 905),
        seen(ROUND, 12, 720, 175),
        seen(GROUPS, 20, 1080, 1025),
    )
    assert snap_compare(app, terminal_size=SMALL)


async def test_it_takes_no_room_where_nobody_takes_turns() -> None:
    """Without turns and in overtime it is not there; with them it comes, and it goes again."""
    app = Panels(None)
    async with app.run_test(size=SMALL) as pilot:
        panel = app.query_one(TurnPanel)
        heights = []
        over = seen(PAIRS, 12, 720, 790)
        for view in (None, seen(PAIRS, 12, 720, 361), seen(PAIRS, 12, 720, 400), over, None):
            panel.show(view)
            await pilot.pause()
            heights.append(panel.size.height)
        assert heights == [0, 3, 3, 0, 0]


async def test_on_a_low_terminal_tables_that_differ_have_a_row_each() -> None:
    """At 80×24 no turn is said twice: the rows say it, and a cue is a large bar above them."""
    app = Panels(None)
    async with app.run_test(size=LOW) as pilot:
        panel = app.query_one(TurnPanel)
        heights = []
        for at in (130, 361):
            panel.show(seen(PAIRS, 13, 720, at), air="heard: 1 new")
            await pilot.pause()
            heights.append(panel.size.height)
        assert heights == [3, 6]


async def test_on_the_smallest_terminal_a_turn_is_large_where_all_tables_do_the_same() -> None:
    """At 80×24 digits and cues are three rows high, and nothing moves when a cue comes or goes."""
    app = Panels(None)
    async with app.run_test(size=LOW) as pilot:
        panel = app.query_one(TurnPanel)
        for at in (130, 361, 400):
            panel.show(seen(PAIRS, 12, 720, at))
            await pilot.pause()
            assert panel.size.height == 3


async def test_below_80_by_24_it_is_one_line() -> None:
    """There the step needs the rows: turn, time and sign stand side by side, a cue first."""
    app = Panels(None)
    async with app.run_test(size=(LOW[0], LOW[1] - 1)) as pilot:
        panel = app.query_one(TurnPanel)
        lines = []
        for at in (130, 361):
            panel.show(seen(PAIRS, 12, 720, at))
            await pilot.pause()
            assert panel.size.height == 1
            strips = app.screen._compositor.render_strips()
            lines.append(" ".join(strips[panel.region.y].text.split()))
        assert lines == [
            "speaker 1 of 2 3:50 left to speak ◐○ 6 tables of 2",
            "◐ HALF-TIME ◐ speaker 2 of 2 5:59 left to speak ●◐ 6 tables of 2",
        ]
