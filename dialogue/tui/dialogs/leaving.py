"""Leaving an open session: nobody leaves words behind that are not on the disk without knowing.

Touches: screen, and the disk through the session.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from agreements.sentence import Sentence
from dialogue.tui.dialogs.question import QuestionDialog
from dialogue.wording import mark, tr
from sessions.errors import StorageError, shown

if TYPE_CHECKING:
    from sessions.live import LiveSession

NOT_KEPT = mark("The last changes are not kept.")
NO_ANSWER = mark("The disk did not answer in time.")


def leave_when_kept(app: App[Any], session: LiveSession | None, go: Callable[[], None]) -> None:
    """Leave once all is on the disk; while it is not, only a second, different key leaves.

    Args:
        app: The program.
        session: The open session; without one there is nothing to keep.
        go: Leaves.
    """
    problem = "" if session is None else unkept_problem(session)
    if not problem:
        go()
    elif not isinstance(app.screen, QuestionDialog):  # the question stands there already
        question = QuestionDialog(
            tr(Sentence.joined(NOT_KEPT, problem)),
            yes=tr("y  leave without them; they are lost"),
            no=tr("esc  stay; saving is tried again"),
        )
        app.push_screen(question, lambda agreed: go() if agreed else None)


def unkept_problem(session: LiveSession) -> str:
    """Save what is due, and say in a sentence why it is not on the disk; empty when it is."""
    try:
        if not session.status.is_kept:
            session.apply_for_good(())  # no event: it saves what there is and makes sure of that
    except StorageError:
        return session.status.problem or NO_ANSWER
    return ""


def unkept_sentence(session: LiveSession, path: Path) -> str:
    """Say that a session was left with changes that are not on the disk, and what is there."""
    problem = session.status.problem or NO_ANSWER
    before = Sentence("What was kept before them: {path}", path=shown(path))
    return Sentence.joined(NOT_KEPT, problem, before)
