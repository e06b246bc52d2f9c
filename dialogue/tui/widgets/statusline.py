"""The line above the keys: what just happened or should, and whether all is on the disk."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from agreements.sentence import Sentence
from dialogue.wording import mark, tr
from sessions.saver import SaveStatus

MESSAGE_SECONDS = 8.0
"""How long a message stays at least; one that is read out to a room needs longer."""

SIGNS_A_SECOND = 12
KEPT_CELLS = 8
"""So much room has the word on whether all is kept, or more where a language needs it."""
BESIDE_WORDS = 2
"""So many cells stand between what is said and whether all is kept."""
WAITING = mark("One moment…")
"""Said in the place of words that are not true before all is on the disk."""


class StatusLine(Horizontal):
    """Says one thing at a time; a problem with the disk comes before all else."""

    DEFAULT_CSS = """
    StatusLine { height: auto; max-height: 6; min-height: 1; padding: 0 1; background: $surface; }
    StatusLine .words { width: 1fr; height: auto; }
    StatusLine .kept { height: 1; padding-left: 2; color: $quiet; text-align: right; }
    """

    def __init__(self, *, of_session: bool = False) -> None:
        """Start with nothing to say.

        Args:
            of_session: A session is open here: say whether all of it is on the disk.
        """
        super().__init__()
        self._of_session = of_session
        self._words = Static("", markup=False, classes="words")
        self._kept = Static("", markup=False, classes="kept")
        self._message = ""
        self._public = ""
        self._read_along = False
        self._once_kept = False
        self._standing = ""
        self._saving = SaveStatus()
        self._said = 0
        self._is_long = True
        self._kept_cells = 0

    def compose(self) -> ComposeResult:
        """Put the words beside whether all is kept."""
        yield self._words
        yield self._kept

    def on_mount(self) -> None:
        """Show that all is kept."""
        self._draw()

    @property
    def message(self) -> str:
        """What just happened."""
        return self._message

    def say(self, message: str, *, once_kept: bool = False, public: str | None = None) -> None:
        """Say what just happened; it goes after a few seconds.

        Args:
            message: What to say.
            once_kept: It is true only when all is on the disk; until then it is not said.
            public: What is said instead while others read along; the same when left out.
        """
        self._message, self._once_kept = message, once_kept
        self._public = message if public is None else public
        self._said += 1
        said = self._said
        seconds = max(MESSAGE_SECONDS, len(message) / SIGNS_A_SECOND)
        self.set_timer(seconds, lambda: self._forget(said))
        self._draw()

    def read_along(self, others: bool) -> None:  # noqa: FBT001
        """Say whether others read along; what is meant for the facilitator alone goes at once."""
        if others != self._read_along:
            self._read_along = others
            self._draw()

    def hush(self) -> None:
        """Forget what just happened, because something else is in front of the person now."""
        if self._message:
            self._message = self._public = ""
            self._draw()

    def show(self, standing: str, saving: SaveStatus) -> None:
        """Show what holds until it changes, and how far saving has come."""
        if (standing, saving) != (self._standing, self._saving):
            self._standing, self._saving = standing, saving
            self._draw()

    def show_saving(self, saving: SaveStatus) -> None:
        """Show how far saving has come."""
        self.show(self._standing, saving)

    def _forget(self, said: int) -> None:
        if said == self._said:
            self._message = self._public = ""
            self._draw()

    def on_resize(self) -> None:
        """Give long words the lines they need at the new width."""
        self._draw()

    def _draw(self) -> None:
        if self._saving.problem:
            problem = Sentence("NOT KEPT YET: {problem}", problem=Sentence(self._saving.problem))
            if not self._saving.ended:
                problem = Sentence.joined(problem, Sentence("It is tried again."))
            self._show(Content.styled(tr(problem), "bold $error"), "")
            return
        is_kept = self._saving.is_kept
        message = self._public if self._read_along else self._message
        message = tr(WAITING) if message and self._once_kept and not is_kept else message
        kept = tr("kept") if is_kept else tr("keeping…")
        self._show(Content(message or self._standing), kept if self._of_session else "")

    def _show(self, words: Content, kept: str) -> None:
        """Draw the line; the screen is laid out anew only when its parts change their sizes.

        There is room for either word on whether all is kept, so that nothing moves when one takes
        the place of the other, which is at every key.
        """
        cells = max(KEPT_CELLS, cell_len(tr("kept")), cell_len(tr("keeping…")))
        if cells != self._kept_cells:
            self._kept_cells = cells
            self._kept.styles.width = cells + BESIDE_WORDS
        was_long, self._is_long = self._is_long, words.cell_length > self._words.size.width
        self._words.update(words, layout=was_long or self._is_long)
        self._kept.update(kept, layout=False)
