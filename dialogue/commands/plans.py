"""`dialogue plans` and `dialogue plan …`: what there is to run, and whether it fits.

Touches: disk, to read content and to put a copy of a plan into the user's own folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.errors import ContentError
from dialogue.commands.shell import ClockTime, Heads, Shell, complete_plan, pass_shell
from dialogue.exits import ExitCode
from dialogue.page import Line, emit_json, emit_page
from sessions.errors import CommandRefusedError, shown

if TYPE_CHECKING:
    from agreements.library import Library
    from agreements.load import Gate
    from agreements.plan import Plan

as_json_flag = click.option("--json", "as_json", is_flag=True, help="For programs.")
plan_argument = click.argument("plan", shell_complete=complete_plan)


@click.command()
@as_json_flag
@pass_shell
def plans(shell: Shell, *, as_json: bool) -> None:
    """List the plans: the shipped ones and your own."""
    library = shell.library()
    if as_json:
        emit_json([_as_table(library, plan) for plan in library.plans.values()])
    else:
        from dialogue.plan_pages import plans_page  # noqa: PLC0415

        emit_page(plans_page(library))


@click.group("plan", no_args_is_help=False)
def plan_group() -> None:
    """Look at one plan, check it, fit it to a day, or copy it to edit."""


@plan_group.command("show")
@plan_argument
@as_json_flag
@pass_shell
def show_plan(shell: Shell, *, plan: str, as_json: bool) -> None:
    """Show what happens in PLAN, step by step."""
    library = shell.library()
    found = library.plan(plan)
    say_left_out(shell, library, plan)
    if as_json:
        emit_json(found.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    else:
        from dialogue.plan_pages import plan_page  # noqa: PLC0415

        emit_page(plan_page(found, library.protocol))


@plan_group.command("fit")
@plan_argument
@click.option("--heads", type=Heads(), required=True, help="How many people are expected.")
@click.option("--start", type=ClockTime(), required=True, help="When the first step starts.")
@click.option("--end", type=ClockTime(), required=True, help="The hard stop.")
@as_json_flag
@pass_shell
def fit(shell: Shell, *, plan: str, heads: int, start: str, end: str, as_json: bool) -> None:
    """Fit PLAN between a start and a hard stop, changing as little as can be."""
    from sessions.daytime import time_of_day  # noqa: PLC0415
    from sessions.pacing import fit_plan  # noqa: PLC0415

    library = shell.library()
    found = library.plan(plan)
    say_left_out(shell, library, plan)
    fitted = fit_plan(found, heads, time_of_day(start), time_of_day(end))
    if as_json:
        emit_json(fitted.model_dump(mode="json"))
    else:
        from dialogue.plan_pages import fit_page  # noqa: PLC0415

        emit_page(fit_page(found, fitted))


@plan_group.command("check")
@click.argument("plan", metavar="FILE|PLAN", shell_complete=complete_plan)
@pass_shell
def check(shell: Shell, *, plan: str) -> int:
    """Say what a seasoned colleague would say about a plan.

    Ends with 2 when something in it can hurt people or break the session.
    """
    from agreements.lint import lint  # noqa: PLC0415
    from dialogue.plan_pages import check_page  # noqa: PLC0415

    library = shell.library()
    found = _plan_to_check(shell, library, plan)
    findings = lint(found, library.protocol, prompts=library.prompts, moves=library.moves)
    emit_page(check_page(found, findings))
    problems = any(one.level == "problem" for one in findings)
    return ExitCode.USAGE if problems else ExitCode.OK


@plan_group.command("copy")
@plan_argument
@pass_shell
def copy(shell: Shell, *, plan: str) -> None:
    """Copy PLAN into your own folder, to edit. Your copy is used from then on."""
    from agreements.load import LARGEST_FILE_BYTES  # noqa: PLC0415
    from sessions import disk  # noqa: PLC0415

    library = shell.library()
    found = library.plan(plan)
    origin = library.origins[found.id]
    target = shell.places().content / "plans" / f"{found.id}.toml"
    own = origin if origin.parent == target.parent else target
    if own.exists():
        raise CommandRefusedError(
            f"Your own copy is there already: {shown(own)}. Edit that one, or move it away."
        )
    data = disk.read_whole(origin, LARGEST_FILE_BYTES)
    disk.make_private_folder(target.parent)
    disk.write_whole(target, data)
    emit_page(
        [
            Line(f"Copied to {shown(target)}"),
            Line(f"Edit it, then run `dialogue plan check {found.id}`."),
        ]
    )


def _plan_to_check(shell: Shell, library: Library, wanted: str) -> Plan:
    """Return a plan by its file or its id, also one that was left out for a fault.

    Somebody's own copy comes before the plan that it was to replace: it is what she asks about.

    Raises:
        ContentError: The file cannot be used.
        UnknownContentError: There is no such plan.
    """
    from agreements.library import read_plan  # noqa: PLC0415
    from dialogue.config import gate  # noqa: PLC0415

    if wanted.endswith(".toml"):
        return read_plan(Path(wanted), gate)
    broken = _broken_own(shell, library, wanted)
    return library.plan(wanted) if broken is None else read_plan(broken, gate)


def say_left_out(shell: Shell, library: Library, wanted: str) -> None:
    """Say when somebody's own copy of a plan cannot be used, so that another one is shown.

    On stderr, so that it is read by whoever sends the answer to a program as well.
    """
    broken = _broken_own(shell, library, wanted)
    if broken is None:
        return
    problem = [one for one in library.problems if one.file == broken.name][-1]
    origin = library.origins[wanted]
    own = any(origin.is_relative_to(one) for one in shell.config().folders(shell.places()))
    used = shown(origin) if own else "the plan that comes with the program"
    click.echo(f"Your own copy is left out: {problem.sentence}", err=True)
    click.echo(f"This is {used}. `dialogue plan check {wanted}` helps.", err=True)


def _broken_own(shell: Shell, library: Library, wanted: str) -> Path | None:
    """Return somebody's own file that was to be a plan and cannot be used, the last one first.

    It is known by its name or by the id in it. One that a later folder replaces is no matter.
    """
    from dialogue.config import gate  # noqa: PLC0415

    left_out = {problem.file for problem in library.problems}
    if not left_out:
        return None
    folders = shell.config().folders(shell.places())
    files = [file for one in folders for file in sorted(one.glob("plans/*.toml"))]
    for file in reversed(files):
        if file == library.origins.get(wanted):
            return None
        if file.name in left_out and wanted in (file.stem, _id_in(file, gate)):
            return file
    return None


def _id_in(file: Path, gate: Gate) -> object:
    """Return the id that a file gives itself; nothing where it is no TOML at all."""
    from agreements.load import read_table  # noqa: PLC0415

    try:
        return read_table(file, gate).get("id")
    except ContentError:
        return None


def _as_table(library: Library, plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "title": plan.title,
        "purpose": plan.purpose,
        "minutes": plan.minutes,
        "min_heads": plan.min_heads,
        "max_heads": plan.max_heads,
        "language": plan.language,
        "path": str(library.origins[plan.id]),
    }
