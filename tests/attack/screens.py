"""Everything that the screens and pages of an open session show, from the program's own views.

Pure, apart from reading the session it is given.
"""

from __future__ import annotations

from dialogue.tui import sheet_commands
from dialogue.tui.commands import CATALOGUE
from dialogue.tui.dialogs import join
from dialogue.tui.screens import live, review
from dialogue.tui.views import live_view
from dialogue.tui.wall import for_the_wall
from dialogue.web.wire import room_state
from sessions import reviewing
from tests.attack.sheets import Sheet

WIDTHS = (40, 80, 140)
KEYS = {one.id: one.shown_key for one in CATALOGUE}

Frame = dict[str, str]
"""What stands in each place of the screens at one moment."""


def frame(sheet: Sheet) -> Frame:
    """Return everything the screens show now."""
    session, view = sheet.session, live_view(sheet.session)
    told = room_state(sheet.view(), session.protocol.compass)
    return {
        "live": repr(view),
        "first line": "\n".join(live._facts(view, width) for width in WIDTHS),
        "beside next": sheet_commands.standing(sheet),
        "status": sheet_commands.urgent(sheet) or live._standing(view, sheet),
        "join": join._how(sheet, wall=False, coded=False).plain,
        "join on the wall": join._how(sheet, wall=True, coded=False).plain,
        "covered": review.coverage(session, counts=True).plain,
        "on the wall": repr(for_the_wall(view)),
        "status on the wall": sheet_commands.on_the_wall(sheet),
        "covered on the wall": review.coverage(session, counts=False).plain,
        "to strike": "\n".join(
            str(one.prompt) for one in review._options(session, KEYS, hidden=False)
        ),
        "to review": "\n".join(sorted(one.text or "" for one in reviewing.to_review(session))),
        "pages and room view": repr(told),
    }
