"""`dialogue rehearse`: a session with a simulated room, to watch or to try a plan.

Touches: disk, the network on this computer alone; with a screen, the terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialogue.commands.shell import Heads, Shell, complete_plan, pass_shell
from dialogue.commands.terminal import require_terminal
from dialogue.exits import ExitCode
from dialogue.page import Block, Line, emit, emit_page
from sessions.errors import shown

if TYPE_CHECKING:
    from dialogue.rehearse.facilitator import TroubleKind
    from dialogue.rehearse.rehearsal import Rehearsed, Wanted

SPEED = 22.0
"""How many times as fast a rehearsal is shown, unless somebody says: an hour in three minutes."""

TOUR_HEADS, TOUR_SEED = 24, 7
"""Who plays in the tour on Home."""

MOST_SPEED = 60.0
"""Faster than this, pages would be asked for answers before they have come."""


NO_TERMINAL = "To watch a rehearsal, dialogue needs a terminal. In a script use `--no-screen`."


@click.command()
@click.argument("plan", shell_complete=complete_plan)
@click.option("--heads", type=Heads(), help="How many people come.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Which room; the same one plays the same each time.",
)
@click.option("--no-screen", is_flag=True, help="At once, without the screen.")
@click.option(
    "--speed",
    type=click.FloatRange(min=1, max=MOST_SPEED),
    default=SPEED,
    show_default=True,
    help="For watching: so many times as fast.",
)
@click.option(
    "--texts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with what people write: one text a line, or JSON with a `text` a line.",
)
@click.option("--keep-names", is_flag=True, help="Hide no names, to compare word by word.")
@click.option("--trouble", is_flag=True, help="Let things go wrong, within what the plan can give.")
@click.option("--json", "as_json", is_flag=True, help="For programs; the last line.")
@pass_shell
def rehearse(
    shell: Shell,
    *,
    plan: str,
    heads: int | None,
    seed: int,
    no_screen: bool,
    speed: float,
    texts: Path | None,
    keep_names: bool,
    trouble: bool,
    as_json: bool,
) -> int:
    """Rehearse PLAN with a simulated room that answers through the real web door.

    The same seed plays the same room. It ends with a closed session among the rehearsals; nothing
    of it counts anywhere.

    With --trouble it begins late, people talk on, breaks run over, the group says no, people come
    and leave, and harm makes it pause. Then it says what gave way, and whether it ended in time.
    """
    from dialogue.rehearse.rehearsal import Wanted  # noqa: PLC0415
    from dialogue.rehearse.texts import read_texts  # noqa: PLC0415

    if not no_screen:
        require_terminal(NO_TERMINAL)
    config, library = shell.config(), shell.library()
    wanted = Wanted(
        places=shell.places(),
        config=config,
        library=library,
        plan=library.plan(plan),
        heads=config.heads if heads is None else heads,
        seed=seed,
        texts=() if texts is None else read_texts(texts),
        keep_names=keep_names,
        trouble=trouble,
    )
    code, rehearsed = _at_once(wanted) if no_screen else _watched(wanted, speed)
    if rehearsed is None:
        return code
    # In a rehearsal to watch, the last answers may cross with the close, as in life.
    lost = rehearsed.lost(names_kept=keep_names) if no_screen else ()
    if as_json:
        _emit_line(rehearsed, trouble=trouble)
    else:
        emit_page(_page(rehearsed, lost, trouble=trouble))
    late = trouble and no_screen and rehearsed.early_seconds < 0
    return ExitCode.REFUSED if lost or late else code


def show_tour(shell: Shell) -> int:
    """Rehearse the lunch & learn, to be watched, and return the exit code.

    Raises:
        CommandRefusedError: The door could not be opened on this computer.
    """
    from dialogue.rehearse.rehearsal import Wanted  # noqa: PLC0415
    from dialogue.rehearse.watching import TOUR_PLAN  # noqa: PLC0415

    library = shell.library()
    wanted = Wanted(
        places=shell.places(),
        config=shell.config(),
        library=library,
        plan=library.plan(TOUR_PLAN),
        heads=TOUR_HEADS,
        seed=TOUR_SEED,
    )
    return _watched(wanted, SPEED)[0]


def _at_once(wanted: Wanted) -> tuple[int, Rehearsed]:
    import asyncio  # noqa: PLC0415

    from dialogue import crash  # noqa: PLC0415
    from dialogue.rehearse.rehearsal import rehearse as rehearse_it  # noqa: PLC0415

    crash.guard_loggers()
    return ExitCode.OK, asyncio.run(rehearse_it(wanted))


def _watched(wanted: Wanted, speed: float) -> tuple[int, Rehearsed | None]:
    """Show a rehearsal; there is nothing to tell of one that was left before its end."""
    from dialogue.rehearse.watching import watch  # noqa: PLC0415

    return watch(wanted, speed)


def _emit_line(rehearsed: Rehearsed, *, trouble: bool) -> None:
    import json  # noqa: PLC0415

    table: dict[str, object] = {
        "id": rehearsed.id,
        "path": str(rehearsed.path),
        "sent": rehearsed.sent,
        "acknowledged": rehearsed.acknowledged,
    }
    if trouble:
        table |= {
            "troubles": [{"kind": one.kind, "amount": one.amount} for one in rehearsed.troubles],
            "shortened": [one.id for one in rehearsed.steps if one.outcome == "shortened"],
            "dropped": [one.id for one in rehearsed.steps if one.outcome == "dropped"],
            "early_seconds": rehearsed.early_seconds,
        }
    emit(json.dumps(table))


def _page(rehearsed: Rehearsed, lost: tuple[str, ...], *, trouble: bool) -> list[Block]:
    late = rehearsed.sent - rehearsed.acknowledged
    unread = sum(not one.opened for one in rehearsed.asks)
    page: list[Block] = [
        Line(
            f"The simulated room sent {rehearsed.sent} answers. {rehearsed.acknowledged} were "
            f"acknowledged, and {late} came too late."
        )
    ]
    if unread:
        page.append(Line(f"Fewer than five wrote to {unread} of the asks: nobody has read those."))
    if lost:
        page.append(Line(f"Kept is not what was acknowledged: {', '.join(lost)}.", "attention"))
    if trouble:
        page += _what_gave_way(rehearsed)
    page.append(Line(f"The record: {shown(rehearsed.path)}"))
    page.append(Line(f"`dialogue show {rehearsed.id}` shows its summary."))
    return page


def _what_gave_way(rehearsed: Rehearsed) -> list[Block]:
    """Say what went wrong, what that cost, and whether the end was kept."""
    from sessions.pacing import spoken  # noqa: PLC0415

    page: list[Block] = []
    for kind, words in _TROUBLES.items():
        amounts = [one.amount for one in rehearsed.troubles if one.kind == kind]
        if amounts:
            page.append(Line(f"{words}: {_often(kind, amounts)}."))
    for outcome, words in (("shortened", "Shortened"), ("dropped", "Left out")):
        titles = [one.title for one in rehearsed.steps if one.outcome == outcome]
        if titles:
            page.append(Line(f"{words}: {', '.join(titles)}."))
    early = rehearsed.early_seconds
    if early < 0:
        page.append(Line(f"It ended {spoken(-early)} after its fixed end.", "attention"))
    else:
        spare = f"with {spoken(early)} to spare" if early else "to the second"
        page.append(Line(f"It ended in time, {spare}."))
    return page


def _often(kind: str, amounts: list[int]) -> str:
    """Say how often something went wrong, and for how long where it was time."""
    from sessions.pacing import spoken  # noqa: PLC0415

    times = {1: "once", 2: "twice"}.get(len(amounts), f"{len(amounts)} times")
    return times if kind in _WITHOUT_LENGTH else f"{times}, {spoken(sum(amounts))} in all"


_TROUBLES: Mapping[TroubleKind, str] = {
    "late-start": "It began late",
    "overrun": "A step ran over",
    "late-break": "A break ran over",
    "harm-pause": "A pause for harm",
    "declined": "The group said no",
    "heads-changed": "People came or left",
}
_WITHOUT_LENGTH = ("declined", "heads-changed")
