"""Every agreement in full, the group's own as well: what a small screen has no room for."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from dialogue.tui.dialogs.once import GoesOnce
from dialogue.wording import tr
from sessions.facts import HouseAgreement
from sessions.live import LiveSession


class AgreementsDialog(GoesOnce, ModalScreen[None]):
    """Shows the agreements; any of esc, 0 and q leaves."""

    CSS_PATH = "agreements.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,0,q", "dismiss", "back", show=False)]

    def __init__(self, session: LiveSession) -> None:
        """Show the agreements of a session as they stand."""
        super().__init__()
        self._content = in_full(session)

    def compose(self) -> ComposeResult:
        """Show the agreements above how to leave."""
        with VerticalScroll():
            yield Static(self._content, markup=False)
            yield Static(tr("↑ ↓ scroll · esc goes back"), markup=False, classes="quiet")


def in_full(session: LiveSession) -> Content:
    """Return each agreement with what it asks, in the group's words where there are some."""
    adopted = session.state.adopted
    head = tr("Agreements · adopted") if adopted else tr("Agreements · not yet adopted")
    lines = [Content.styled(head, "bold $primary")]
    wordings = session.wordings()
    for number, one in enumerate(session.protocol.agreements, 1):
        name = wordings.get(one.id, one.name)
        lines.append(Content.assemble((f"{number} ", "bold $accent"), (name, "bold")))
        lines.append(Content(one.asks))
    lines += [Content(""), Content.styled(tr("Our own"), "bold $primary")]
    own = [Content(f"+ {one.text}") for one in session.facts(HouseAgreement)]
    lines += own or [Content.styled(tr("None yet. {key_own_agreement} adds one."), "$quiet")]
    return Content("\n").join([*lines, Content("")])
