"""The run of show: every step, what became of it, and its minutes."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from dialogue.tui.views import SIGNS, Mark, RunRow

_STYLES: dict[Mark, str] = {
    "done": "$quiet",
    "now": "bold",
    "to-come": "",
    "dropped": "$quiet strike",
    "declined": "$quiet",
    "slack": "$quiet italic",
}


class RunOfShow(Static):
    """Lists the steps; when they are too many, those around the present one."""

    DEFAULT_CSS = """
    RunOfShow { height: 1fr; padding: 0 1; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        """Start empty; `show` fills it."""
        super().__init__("", markup=False)
        self._rows: tuple[RunRow, ...] = ()

    def show(self, rows: tuple[RunRow, ...]) -> None:
        """Show these steps; nothing is drawn when they are the same."""
        if rows != self._rows:
            self._rows = rows
            self._draw()

    def on_resize(self) -> None:
        """Fit the list to the new size."""
        self._draw()

    def _draw(self) -> None:
        width, height = self.content_size
        if width and height:
            lines = [_line(row, width) for row in around_now(self._rows, height)]
            self.update(Content("\n").join(lines))


def around_now(rows: tuple[RunRow, ...], height: int) -> tuple[RunRow, ...]:
    """Return as many rows as fit, with the present step about a third from the top."""
    if len(rows) <= height:
        return rows
    now = next((place for place, row in enumerate(rows) if row.mark == "now"), 0)
    first = min(max(now - height // 3, 0), len(rows) - height)
    return rows[first : first + height]


def _line(row: RunRow, width: int) -> Content:
    room = max(width - 6 - row.depth * 2, 4)
    title = Content.styled(row.title, _STYLES[row.mark]).truncate(room, ellipsis=True, pad=True)
    minutes = Content.styled(f"{row.minutes:>4}", "$quiet")
    return Content.assemble("  " * row.depth, SIGNS[row.mark], " ", title, minutes)
