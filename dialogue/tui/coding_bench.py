"""What a key does while answers are coded: which answer is shown, and what is about to happen.

Touches: disk, through the desk. The screen only draws what stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from agreements.model import Protocol
from dialogue.wording import mark, tr, trn
from sessions import themes
from sessions.coding import CodingDesk
from sessions.errors import CommandRefusedError
from sessions.themes import Code, Coding, Readable

CODE_KEYS: Final = "123456789abcdefghijklmorstvwxyz"
"""Each theme has one key; n, p, q and u do something else."""

Mode = Literal["coding", "rename", "merge", "merge-into", "split", "splitting"]
"""What the key of a theme does: code the answer, or name the theme of an act."""

SAID = {
    "coding": "",
    "rename": mark("Rename: press the key of one of your own themes. esc leaves it."),
    "merge": mark("Merge: press the key of the own theme that goes. esc leaves it."),
    "merge-into": mark(
        "Merge “{theme}” into: press the key of the theme that stays. esc leaves it."
    ),
    "split": mark("Split: press the key of the theme to take apart. esc leaves it."),
    "splitting": mark(
        "Splitting “{theme}”: for each answer press the key of the theme it belongs to. esc ends."
    ),
}
"""What stands below while the key of a theme means something."""

NO_KEY = mark("There is no theme with that key.")
UNDONE = mark("Taken back.")
NOTHING_TO_UNDO = mark("There is nothing to take back.")
ONLY_BOTH = mark("While splitting, only the two themes’ keys do something. esc ends the splitting.")
NO_ANSWERS = mark("No answer is coded with that theme, so there is nothing to split.")
MERGED = mark("Merged “{theme}” into “{into}”.")
RENAMED = mark("It is called “{label}”.")
ADDED = mark("“{label}” has the key {key}, and this answer is coded with it.")
SPLIT = mark("“{label}” has the key {key}: press it for each answer that belongs there.")


@dataclass(frozen=True, slots=True)
class Naming:
    """A name that is asked for, and what it is for."""

    act: Literal["new", "rename", "split"]
    theme: str = ""
    """The id of the theme that is renamed or split."""
    start: str = ""
    """What stands in the line at first."""


class CodingBench:
    """Goes through the answers, one at a time, and carries out what a key means."""

    def __init__(self, desk: CodingDesk) -> None:
        """Begin at the first answer."""
        self.desk = desk
        self.mode: Mode = "coding"
        self._theme = ""
        """The theme that an act is about."""
        self._new = ""
        """The theme that a split has made."""
        self._shown: tuple[Readable, ...] = desk.answers
        self._place = 0

    @property
    def answer(self) -> Readable:
        """The answer that is shown."""
        return self._shown[self._place]

    @property
    def progress(self) -> str:
        """Which answer of how many this is."""
        return tr("{number} of {all}", number=self._place + 1, all=len(self._shown))

    @property
    def coded(self) -> str:
        """How many answers are coded."""
        return trn("{count} coded", "{count} coded", self.desk.coding.coded_answers)

    @property
    def standing(self) -> str:
        """What the key of a theme means at the moment; empty while it codes the answer."""
        return tr(SAID[self.mode], theme=self._label(self._theme))

    @property
    def keys(self) -> dict[str, Code]:
        """The key of each theme, in the codebook's order; one beyond the keys has none."""
        return dict(zip(CODE_KEYS, self.desk.codes, strict=False))

    @property
    def mine(self) -> tuple[str, ...]:
        """What the answer that is shown is coded with."""
        return self.desk.coding.of(self.answer.item.id)

    def go(self, by: int) -> None:
        """Show another answer."""
        self._place = min(max(self._place + by, 0), len(self._shown) - 1)

    def begin(self, mode: Mode) -> None:
        """Let the next key of a theme name what an act is about."""
        self.leave_mode()
        self.mode = mode

    def leave_mode(self) -> bool:
        """Let the keys of themes code again; say whether they did something else."""
        was, self.mode, self._theme, self._new = self.mode, "coding", "", ""
        if was == "splitting":
            shown = self.answer
            self._shown = self.desk.answers
            self._place = self._shown.index(shown)
        return was != "coding"

    def press(self, key: str) -> str | Naming:
        """Carry out the key of a theme; return what to say, or a name to ask for."""
        code = self.keys.get(key)
        if code is None:
            return tr(NO_KEY)
        acts: dict[Mode, Callable[[Code], str | Naming]] = {
            "coding": self._code,
            "rename": self._rename,
            "merge": self._merge,
            "merge-into": self._merge_into,
            "split": self._split,
            "splitting": self._move,
        }
        return acts[self.mode](code)

    def name(self, naming: Naming, raw: str) -> str:
        """Carry out an act with the name that was asked for, and return what to say.

        Raises:
            CommandRefusedError: It cannot be called so; nothing has changed.
            StorageError: It could not be kept; nothing has changed.
        """
        if naming.act == "rename":
            label = self.desk.label(raw)
            change = partial(themes.renamed, theme=naming.theme, label=label, protocol=self._of)
            self.desk.act(change)
            self.leave_mode()
            return tr(RENAMED, label=label)
        theme = self.desk.new_theme(raw)
        answer = self.answer.item.id

        def grown(coding: Coding) -> Coding:
            """Add the theme; a new one is the answer's that is shown, a split one nobody's yet."""
            more = themes.added(coding, theme, self._of)
            return themes.toggled(more, answer, theme.id) if naming.act == "new" else more

        self.desk.act(grown)
        key = next(key for key, code in self.keys.items() if code.id == theme.id)
        if naming.act == "new":
            return tr(ADDED, label=theme.label, key=key)
        self._begin_splitting(naming.theme, theme.id)
        return tr(SPLIT, label=theme.label, key=key)

    def undo(self) -> str:
        """Take back the last act, and return what to say."""
        self.leave_mode()
        return tr(UNDONE if self.desk.undo() else NOTHING_TO_UNDO)

    @property
    def _of(self) -> Protocol:
        return self.desk.record.protocol

    def _code(self, code: Code) -> str:
        self.desk.act(partial(themes.toggled, answer=self.answer.item.id, code=code.id))
        return ""

    def _rename(self, code: Code) -> str | Naming:
        refused = self._refused(code, themes.TO_RENAME)
        return refused or Naming("rename", code.id, code.label)

    def _merge(self, code: Code) -> str:
        refused = self._refused(code, themes.TO_MERGE)
        if not refused:
            self._theme, self.mode = code.id, "merge-into"
        return refused

    def _merge_into(self, code: Code) -> str:
        theme = self._label(self._theme)
        self.desk.act(partial(themes.merged, theme=self._theme, into=code.id))
        self.leave_mode()
        return tr(MERGED, theme=theme, into=code.label)

    def _split(self, code: Code) -> str | Naming:
        if not any(code.id in mine for mine in self.desk.coding.codes.values()):
            return tr(NO_ANSWERS)
        return Naming("split", code.id)

    def _move(self, code: Code) -> str:
        both = (self._theme, self._new)
        if code.id not in both:
            return tr(ONLY_BOTH)
        other = next(one for one in both if one != code.id)
        answer = self.answer.item.id
        self.desk.act(partial(themes.moved, answer=answer, theme=other, into=code.id))
        self.go(1)
        return ""

    def _begin_splitting(self, theme: str, new: str) -> None:
        shown = self.desk.answers
        coding = self.desk.coding
        self.mode, self._theme, self._new = "splitting", theme, new
        self._shown = tuple(one for one in shown if theme in coding.of(one.item.id))
        self._place = 0

    def _refused(self, code: Code, done: str) -> str:
        """Return why something cannot be done with a theme; empty when it can."""
        try:
            themes.refuse_others(self.desk.coding, code.id, done)
        except CommandRefusedError as error:
            return tr(error.sentence)
        return ""

    def _label(self, theme: str) -> str:
        return next((code.label for code in self.desk.codes if code.id == theme), "")
