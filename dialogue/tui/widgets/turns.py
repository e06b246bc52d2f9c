"""Whose turn it is, by number: large digits, a sign for each turn, and cues as a bar of words.

A cue takes the whole width for the seconds that it stands, in reverse and with a sign of its own,
so that it is read from afar and without colour. In overtime there is no turn, and the clock of the
step counts up. No name and no word of anybody is in it: numbers of turns and tables, and the words
below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from dialogue.phrases import CUE_SIGNS
from dialogue.tui.messages import Called
from dialogue.tui.widgets.large import large
from dialogue.wording import mark, tr, trn
from sessions.air import AirTime
from sessions.clock import as_clock
from sessions.cues import CueKind
from sessions.turns import TableView, TurnView

CUES: Final[Mapping[CueKind, str]] = {
    "half-time": mark("HALF-TIME"),
    "change": mark("CHANGE"),
    "swap": mark("NEW VOICES"),
    "outer": mark("OUTER RING"),
    "once-more": mark("ONCE MORE"),
    "together": mark("ALL HAVE SPOKEN"),
    "regroup": mark("TEN MINUTES"),
    "one-minute": mark("ONE MINUTE"),
}
"""The words of a cue on the facilitator's screen; the room has its own."""

DOING: Final[Mapping[str, str]] = {
    "turn": mark("left to speak"),
    "handover": mark("to change places"),
    "voice": mark("one voice more"),
    "outer": mark("the outer ring"),
    "together": mark("all together"),
    "over": mark("over the time"),
}
"""What the large digits are of, by what is going on."""

OF: Final = mark("of {of}")
SPEAKER: Final = mark("speaker")
RING: Final = mark("ring")
SPEAKER_OF: Final = mark("speaker {speaker} of {of}")
RING_OF: Final = mark("ring {speaker} of {of}")
ONE_TABLE: Final = mark("table of {size}")
TABLES: Final = mark("{count} tables of {size}")
CHOSEN: Final = mark("table {number}, of {size}")
MORE_TABLES: Final = mark("and {count} more")

PLAIN: Final = ("outer", "together", "over")
"""While this goes on the turn has no time of its own: the clock of the step says what is left."""

MOST_SIGNS: Final = 12
"""With more turns than this there is no sign for each."""

MOST_ROWS: Final = 4
LOW_ROWS: Final = 30
"""On a terminal with fewer rows there are no large digits where tables differ, each in a row, nor
where a step has more to say than they would leave room for."""

LARGE_ROWS: Final = 3
"""So many rows have large digits, and a cue in large letters."""

FLAT_ROWS: Final = 24
"""On a terminal with fewer rows all of it stands on one."""

ROWS_BELOW_A_CUE: Final = 2
"""Where rows are scarce, a cue in large letters leaves room for so many tables that differ."""
SIGN_CELLS, MARGIN_CELLS = 5, 4
TABLE_CELLS, TURN_CELLS = 16, 18


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the panel, as text."""

    number: str
    """Which turn it is, for large digits; empty while nobody has one."""
    of: str
    digits: str
    """What is left of the turn; empty where that is what is left of the step."""
    words: str
    where: str
    """How many tables do the same; empty where there is one, or where they differ."""
    signs: str
    cue: CueKind | None
    """What the bar says; `None` while nothing is called."""
    rows: tuple[str, ...]
    """One for each kind of table, where there are several."""


def shown(view: TurnView, table: int | None = None) -> Shown:
    """Return what a panel shows of turns.

    Args:
        view: What the tables do.
        table: The one that a key is for; all of them, when left out.
    """
    main = view.main
    has_turn = main.doing == "turn" and main.speaker is not None
    label = RING if view.kind == "fishbowl" else SPEAKER
    rows = _rows(view, table) if len(view.tables) > 1 or table is not None else ()
    alike = main.count > 1 and not rows
    return Shown(
        number=str(main.speaker) if has_turn else "",
        of=f"{tr(OF, of=main.of)}\n{tr(label)}" if has_turn and main.of is not None else "",
        digits="" if main.doing in PLAIN else as_clock(main.seconds_left),
        words=tr(DOING[main.doing]),
        where=tr(TABLES, count=main.count, size=main.size) if alike else "",
        signs=signs(main),
        cue=view.cue,
        rows=rows,
    )


def in_a_line(new: Shown) -> str:
    """Return the same on one line, for a terminal on which rows are scarce."""
    of, _, label = new.of.partition("\n")
    turn = " ".join(filter(None, (label, new.number, of)))
    left = f"{new.digits} {new.words}".lstrip()
    return "   ".join(filter(None, (turn, left, new.signs, new.where)))


def bar(cue: CueKind, most_cells: int, *, words: str = "", in_large: bool = True) -> str:
    """Return the words of a cue between its signs, in large letters where there is room.

    Args:
        cue: What is called.
        most_cells: How wide it may be.
        words: What a room reads in its own language; else the words of the screens.
        in_large: Three rows may be used.
    """
    sign, words = CUE_SIGNS[cue], words or tr(CUES[cue])
    rows = large(words, most_cells - 2 * SIGN_CELLS) if in_large else None
    if rows is None:
        return f"{sign}  {words}  {sign}"
    above, middle, below = rows.split("\n")
    space = " " * SIGN_CELLS
    return f"{space}{above}{space}\n{sign}    {middle}    {sign}\n{space}{below}{space}"


def air_line(air: AirTime, heads: int) -> str:
    """Return the two counters of a step and who is left to hear; empty before the first tap."""
    if not (air.new or air.again):
        return ""
    counted = tr("heard: {new} new · {again} again", new=air.new, again=air.again)
    left = air.not_yet_heard(heads)
    if air.asks_for_new_voices(heads):
        return f"{counted} · {tr('ASK FOR A NEW VOICE')}"
    still = trn("{count} not yet heard", "{count} not yet heard", left) if left else ""
    return " · ".join(filter(None, (counted, still)))


def new_calls(before: TurnView | None, view: TurnView | None) -> bool:
    """Say whether something is called to a table that was not called to it just before."""
    return bool(_calls(view) - _calls(before))


def _calls(view: TurnView | None) -> set[tuple[int, CueKind]]:
    tables = () if view is None else view.tables
    return {(one.number, one.cue) for one in tables if one.cue is not None}


def signs(table: TableView) -> str:
    """Return a sign for each turn of a round: over, going on, to come."""
    if table.speaker is None or table.of is None or table.of > MOST_SIGNS:
        return ""
    done = table.speaker - 1 if table.doing == "turn" else table.speaker
    now = "◐" if table.doing == "turn" else ""
    return "●" * done + now + "○" * (table.of - done - len(now))


def _rows(view: TurnView, chosen: int | None) -> tuple[str, ...]:
    """Return a row for each kind of table, the chosen one's first; what is too much is counted."""
    tables = sorted(view.tables, key=lambda one: (not _is_at(one, chosen), one.number))
    kept = tables if len(tables) <= MOST_ROWS else tables[: MOST_ROWS - 1]
    rows = [_row(view, one, chosen) for one in kept]
    left = sum(one.count for one in tables[len(kept) :])
    return (*rows, tr(MORE_TABLES, count=left)) if left else tuple(rows)


def _is_at(table: TableView, chosen: int | None) -> bool:
    return chosen is not None and table.number <= chosen < table.number + table.count


def _row(view: TurnView, table: TableView, chosen: int | None) -> str:
    words = ONE_TABLE if table.count == 1 else TABLES
    where = tr(words, count=table.count, size=table.size)
    if chosen is not None and _is_at(table, chosen):
        where = f"▸ {tr(CHOSEN, number=chosen, size=table.size)}"
    turn = RING_OF if view.kind == "fishbowl" else SPEAKER_OF
    what = tr(DOING[table.doing])
    if table.doing == "turn" and table.speaker is not None and table.of is not None:
        what = tr(turn, speaker=table.speaker, of=table.of)
    if table.cue is not None:
        what = f"{CUE_SIGNS[table.cue]} {tr(CUES[table.cue])}"
    clock = "" if table.doing == "over" else as_clock(table.seconds_left)
    return f"{where:<{TABLE_CELLS}} {what:<{TURN_CELLS}} {clock:>5} {signs(table)}".rstrip()


class TurnPanel(Vertical):
    """Shows the turns of a step; takes no room where nobody takes turns."""

    DEFAULT_CSS = """
    TurnPanel { height: auto; padding: 0 1; display: none; }
    TurnPanel.-shown { display: block; }
    TurnPanel Horizontal { height: 3; }
    TurnPanel Digits { width: auto; text-style: bold; }
    TurnPanel .of { width: auto; height: 3; padding: 1 3 0 1; }
    TurnPanel .words { width: 1fr; height: 3; padding: 1 1 0 2; }
    TurnPanel .words { text-wrap: nowrap; text-overflow: ellipsis; }
    TurnPanel .cue {
        height: 3; text-align: center; content-align: center middle; text-style: bold;
        background: $foreground; color: $background; display: none;
    }
    TurnPanel.-cue .cue { display: block; }
    TurnPanel.-cue Horizontal { display: none; }
    TurnPanel .rows { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    TurnPanel .line { height: 1; text-wrap: nowrap; text-style: bold; display: none; }
    TurnPanel.-low Horizontal, TurnPanel.-low .rows { display: none; }
    TurnPanel.-low .line { display: block; }
    TurnPanel.-flat .cue { height: 1; }
    TurnPanel.-plain Horizontal { display: none; }
    TurnPanel.-plain .line { display: block; }
    TurnPanel.-low.-rows .line, TurnPanel.-cue .line { display: none; }
    TurnPanel.-air-only Horizontal, TurnPanel.-air-only .line { display: none; }
    TurnPanel .air { height: 1; text-wrap: nowrap; text-overflow: ellipsis; color: $secondary; }
    """

    def __init__(self) -> None:
        """Start empty; `show` fills it."""
        super().__init__()
        self._number = Digits("")
        self._of = Static("", markup=False, classes="of")
        self._digits = Digits("")
        self._words = Static("", markup=False, classes="words")
        self._cue = Static("", markup=False, classes="cue")
        self._rows = Static("", markup=False, classes="rows")
        self._line = Static("", markup=False, classes="line")
        self._air = Static("", markup=False, classes="air")
        self._of_shown = ""
        self._row_count = 0
        self._view: TurnView | None = None
        self._shown: tuple[Shown | None, str, tuple[bool, bool]] = (None, "", (False, False))

    def compose(self) -> ComposeResult:
        """Put the turn beside its time, the cue in the place of both, and the tables below."""
        with Horizontal():
            yield self._number
            yield self._of
            yield self._digits
            yield self._words
        yield self._line
        yield self._cue
        yield self._rows
        yield self._air

    def show(
        self,
        view: TurnView | None,
        *,
        air: str = "",
        table: int | None = None,
        rows: int = LOW_ROWS,
    ) -> None:
        """Show this second, or nothing; nothing is drawn that has not changed.

        Args:
            view: What the tables do; `None` where nobody takes turns.
            air: The line of air time.
            table: The one that a key is for; all of them, when left out.
            rows: How many the step leaves to it; as many as it likes, when left out.
        """
        if new_calls(self._view, view):
            self.post_message(Called())
        self._view = view
        new = None if view is None or view.doing == "over" else shown(view, table)
        height, tables = self.app.size.height, 0 if new is None else len(new.rows)
        scarce = tables > 0 or rows < LARGE_ROWS + bool(air)
        low = height < FLAT_ROWS or (height < LOW_ROWS and scarce)
        flat = height < FLAT_ROWS or (low and tables > ROWS_BELOW_A_CUE)
        if (new, air, (low, flat)) == self._shown:
            return
        self._shown = (new, air, (low, flat))
        self.set_class(low, "-low")
        self.set_class(flat, "-flat")
        self.set_class(new is not None or bool(air), "-shown")
        self.set_class(new is None, "-air-only")
        self._air.update(Content(air), layout=False)
        self._air.display = bool(air)
        self.set_class(new is not None and new.cue is not None, "-cue")
        self._rows.display = new is not None and bool(new.rows)
        self.set_class(self._rows.display, "-rows")
        self.set_class(new is not None and not new.digits, "-plain")
        if new is not None:
            self._draw(new, flat=flat)

    def _draw(self, new: Shown, *, flat: bool) -> None:
        """Draw what is there; the screen is laid out anew only where a part changes its size."""
        self._number.update(new.number)
        self._number.display = self._of.display = bool(new.number)
        if new.of != self._of_shown:
            self._of_shown = new.of
            self._of.update(Content(new.of))
        self._digits.update(new.digits)
        below = "   ".join(filter(None, (new.signs, new.where)))
        self._words.update(Content(f"{new.words}\n{below}"), layout=False)
        if new.cue is not None:
            cells = self.app.size.width - MARGIN_CELLS
            called = bar(new.cue, cells, in_large=not flat)
            beside = (called, in_a_line(new)) if flat and not new.rows else (called,)
            self._cue.update(Content("   ".join(beside)), layout=False)
        self._line.update(Content(in_a_line(new)), layout=False)
        moves = len(new.rows) != self._row_count
        self._row_count = len(new.rows)
        self._rows.update(Content("\n".join(new.rows)), layout=moves)
