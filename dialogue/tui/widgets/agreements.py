"""The agreements with the key that names each, beside the step or in two lines below it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from dialogue.tui.views import AgreementRow, LiveView
from dialogue.wording import tr, trn


class AgreementsPanel(Static):
    """The agreements as a list, for screens that are wide enough."""

    DEFAULT_CSS = """
    AgreementsPanel { height: 1fr; padding: 0 1; }
    """

    def __init__(self) -> None:
        """Start empty; `show` fills it."""
        super().__init__("", markup=False)
        self._shown: Content | None = None

    def show(self, view: LiveView) -> None:
        """Show the agreements as they stand."""
        content = panel(view)
        if content != self._shown:
            self._shown = content
            self.update(content, layout=False)  # it has the whole column, whatever it says


class AgreementsLine(Static):
    """The agreements in a line or two, for small screens; none is broken over two lines."""

    DEFAULT_CSS = """
    AgreementsLine { height: auto; max-height: 2; padding: 0 1; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        """Start empty; `show` fills it."""
        super().__init__("", markup=False)
        self._items: list[Content] = []
        self._height = -1

    def show(self, view: LiveView) -> None:
        """Show the agreements as they stand."""
        items = [_row(row) for row in view.agreements]
        if view.house_agreements:
            items.append(Content(tr("+{count} our own", count=len(view.house_agreements))))
        if view.adopted:
            items.append(Content(tr("✓ adopted")))
        if items != self._items:
            self._items = items
            self._draw()

    def on_resize(self) -> None:
        """Fit the agreements to the new width."""
        self._draw()

    def _draw(self) -> None:
        lines = packed(self._items, self.content_size.width)
        height = lines.plain.count("\n")
        self.update(lines, layout=height != self._height)
        self._height = height


def packed(items: list[Content], width: int) -> Content:
    """Return items on as few lines as they fit on, each whole."""
    gap = Content("  ")
    lines: list[Content] = []
    for item in items:
        if lines and lines[-1].cell_length + gap.cell_length + item.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], gap, item)
        else:
            lines.append(item)
    return Content("\n").join(lines)


def panel(view: LiveView) -> Content:
    """Return the list: the protocol's agreements, the group's own, and whether they stand."""
    head = tr("Agreements · adopted") if view.adopted else tr("Agreements · not yet adopted")
    lines = [Content.styled(head, "bold $primary")]
    lines += [_row(row) for row in view.agreements]
    if view.house_agreements:
        lines += [Content(""), Content.styled(tr("Our own"), "bold $primary")]
        lines += [Content(f"+ {text}") for text in view.house_agreements]
    if view.counts_kept:
        lines += [Content(""), Content.styled(_kept(view), "$quiet")]
    return Content("\n").join(lines)


def _row(row: AgreementRow) -> Content:
    times = f" ·{row.named}" if row.named else ""
    return Content.assemble((f"{row.number} ", "bold $accent"), row.name, (times, "bold"))


def _kept(view: LiveView) -> str:
    return "\n".join(
        (
            trn("{count} note", "{count} notes", view.notes),
            trn("{count} parked question", "{count} parked questions", view.parked),
            trn("{count} commitment", "{count} commitments", view.commitments),
        )
    )
