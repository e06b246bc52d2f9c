"""What Prepare works out: the choices of the form, whether the plan fits, what a colleague notes.

Pure, apart from looking at the data folder when asked whether it is safe.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from textual.content import Content

from agreements.lint import Finding, lint
from agreements.plan import Plan
from agreements.sentence import Sentence
from dialogue.content import chosen_rule
from dialogue.desk import Desk
from dialogue.finding import Finding as Seen
from dialogue.wording import mark, tr
from sessions import pacing
from sessions.beginning import Opening
from sessions.cards import CardFolder
from sessions.daytime import seconds_until, time_of_day
from sessions.deidentify.roster import Roster
from sessions.disclosure import FLOOR
from sessions.document import Setting
from sessions.errors import CommandRefusedError, StorageError
from sessions.heads import refuse_heads
from sessions.learning import suggestions
from sessions.places import free_bytes, synced_with, writable
from sessions.team import Team
from sessions.text import visible
from sessions.timetable import PlanFit, StepTimes

LEAST_FREE_BYTES = 50 * 1024 * 1024
TRIED_HEADS = (12, 24, 40)

MINE = "mine"
WALL = "wall"
"""Who sees the facilitator's screen; the wall does until somebody says otherwise."""
OPEN_PAGE, SEAT_CARDS = "page", "cards"
"""Who may write: every page that is open, or whoever shows a card."""

_OUR_TITLES = (mark("Slack"), mark("Wait"))
"""What time is called that no step of a plan names."""
_SIGNS = {"shortened": "<", "dropped": "×"}
LEGEND = mark("■ protected  < shortened  × dropped")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form says."""

    heads: int
    starts: int
    """Seconds since midnight."""
    ends: int
    """Seconds since midnight."""
    title: str
    rule: str
    retention_days: int
    care: str
    reporting: str
    roster: str
    wall: bool
    """Others may see the facilitator's screen."""
    seat_cards: bool = False
    team: Team = "one"

    def opening(self, desk: Desk, plan: Plan) -> Opening:
        """Return what opens the session.

        Raises:
            CommandRefusedError: The end has passed.
        """
        ahead = seconds_until(self.ends, desk.clock.wall().astimezone())
        if ahead is None:
            raise CommandRefusedError("The end has passed already. Choose one that lies ahead.")
        return Opening(
            title=self.title,
            plan=plan,
            protocol=desk.library.protocol,
            setting=Setting(
                heads=self.heads,
                confidentiality=self.rule,
                retention_days=self.retention_days,
                modality=desk.config.modality,
                care_contact=self.care,
                reporting_contact=self.reporting,
                seat_cards=self.seat_cards,
                team=self.team,
            ),
            stop_in_seconds=ahead,
            roster=Roster.parse(self.roster),
        )


def choices_of(values: Mapping[str, str]) -> Choices:
    """Read the fields of the form.

    Raises:
        CommandRefusedError: One cannot be meant as it stands; the sentence names it.
    """
    heads = _number(values["heads"], mark("How many people come? Write a number, such as 24."))
    refuse_heads(heads)
    days = _number(values["days"], mark("For how many days are the words kept? Write 1 to 3650."))
    if not 1 <= days <= 3650:  # noqa: PLR2004
        raise CommandRefusedError("Words are kept for 1 to 3650 days.")
    return Choices(
        heads=heads,
        starts=time_of_day(values["starts"]),
        ends=time_of_day(values["ends"]),
        title=values["title"],
        rule=values["rule"],
        retention_days=days,
        care=values["care"],
        reporting=values["reporting"],
        roster=values["roster"],
        wall=values["screen"] != MINE,
        seat_cards=values["voice"] == SEAT_CARDS,
        team=next((one for one in get_args(Team) if one == values["team"]), "one"),
    )


def screens() -> tuple[tuple[str, str], ...]:
    """Return who may see the facilitator's screen, by name and value."""
    return ((tr("on the wall"), WALL), (tr("mine alone"), MINE))


def teams() -> tuple[tuple[str, str], ...]:
    """Return who may lead, by name and value."""
    return (
        (tr("one person"), "one"),
        (tr("two, as planned"), "two"),
        (tr("two, in turn"), "two-in-turn"),
    )


def voices(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return the ways in which a room may have one voice a person, by name and value.

    Cards can be chosen before they are printed: then the form says how. The names are short,
    because the form is narrow on a small terminal.
    """
    count = cards_waiting(desk)
    return (
        (tr("Open page"), OPEN_PAGE),
        (tr("Seat cards ({count})", count=count) if count else tr("Seat cards (none)"), SEAT_CARDS),
    )


def cards_waiting(desk: Desk) -> int:
    """Return how many printed seat cards wait for a session; none, where that cannot be read."""
    try:
        batch = CardFolder(desk.places.config).waiting()
    except StorageError:
        return 0
    return 0 if batch is None else len(batch.hashes)


def refuse_too_few_cards(desk: Desk, choices: Choices) -> None:
    """Refuse a room in which not everybody could have a card.

    Raises:
        CommandRefusedError: It says how to print them.
    """
    count = cards_waiting(desk) if choices.seat_cards else choices.heads
    if count >= choices.heads:
        return
    waiting = Sentence("No seat cards wait for {heads} people.", heads=choices.heads)
    if count:
        waiting = Sentence.counted(
            "{count} seat card waits for {heads} people.",
            "{count} seat cards wait for {heads} people.",
            count,
            heads=choices.heads,
        )
    how = Sentence(
        "Print some with `dialogue print seats {wanted}` in another window, or choose Open page.",
        wanted=max(choices.heads, FLOOR),
    )
    raise CommandRefusedError(Sentence.joined(waiting, how))


def rule_for(desk: Desk, plan: Plan) -> tuple[str, str]:
    """Return the confidentiality rule to begin with, and what to say when it is another one.

    The plan's own comes first, then the configured one. Either may name a rule that the protocol
    does not have, as when a file of the user's was left out.
    """
    wanted = plan.confidentiality or desk.config.confidentiality
    found = chosen_rule(desk.library, plan, desk.config)
    if found == wanted:
        return found, ""
    return found, Sentence(
        "There is no rule {name}. Look at the rule that stands here.", name=visible(wanted)
    )


def plan_table(plan: Plan, choices: Choices) -> tuple[Content, Content]:
    """Return whether the plan fits, in a sentence, and its steps with clock times."""
    fit = pacing.fit_plan(plan, choices.heads, choices.starts, choices.ends)
    rows = [_row(step) for step in fit.steps]
    return _verdict(fit), Content("\n").join([*rows, Content.styled(tr(LEGEND), "$quiet")])


def scaling(plan: Plan, choices: Choices) -> tuple[Content, Content]:
    """Return what changes with other numbers of people."""
    lines: list[Content] = []
    for heads in TRIED_HEADS:
        fit = pacing.fit_plan(plan, heads, choices.starts, choices.ends)
        lines += [
            Content.styled(tr("With {heads} people", heads=heads), "bold"),
            Content(tr(fit.sentence)),
            Content(""),
        ]
    head = Content.styled(tr("The same plan with other numbers"), "bold $primary")
    return head, Content("\n").join(lines)


def findings(desk: Desk, plan: Plan, heads: int) -> Content:
    """Return what a seasoned colleague would say about the plan, worst first."""
    found = lint(
        plan,
        desk.library.protocol,
        prompts=desk.library.prompts,
        moves=frozenset(desk.library.moves),
        heads=(heads, heads),
    )
    worst_first = sorted(found, key=lambda finding: finding.level != "problem")
    return Content("\n").join([Content(""), *map(_finding, worst_first)])


def synced(desk: Desk) -> str | None:
    """Say that a service copies the data folder, or nothing."""
    service = synced_with(desk.places.data, os.environ, Path.home())
    if service is None:
        return None
    return Sentence(
        "The data folder is copied by {service}, which would show who wrote when. "
        "Choose another with --data-dir.",
        service=service,
    )


def learned(desk: Desk, plan: Plan) -> Content:
    """Return what past sessions of this plan suggest; a problem with the folder is not its own."""
    try:
        found = suggestions(plan, desk.store.closed_records())
    except StorageError:
        found = ()
    lines = [Content.assemble(("~ ", "$quiet"), tr(one.sentence)) for one in found]
    if lines:
        head = Content.styled(tr("A suggestion from past sessions"), "$quiet")
        lines = [Content(""), head, *lines]
    return Content("\n").join(lines)


def warning(desk: Desk) -> str | None:
    """Say what is wrong with the data folder, or nothing."""
    service = synced(desk)
    if service is not None:
        return service
    problem = writable(desk.places.data)
    if problem is not None:
        return problem
    if free_bytes(desk.places.data) < LEAST_FREE_BYTES:
        return mark(
            "There is hardly any space left on the disk of the data folder. Free some first."
        )
    return None


def folder_finding(desk: Desk) -> Seen:
    """Say whether the data folder is safe to write a session to."""
    try:
        problem = warning(desk)
    except StorageError as error:
        problem = error.sentence
    if problem is not None:
        return Seen(problem, fine=False)
    return Seen(mark("The data folder takes files, has space, and no service is known to copy it."))


def _verdict(fit: PlanFit) -> Content:
    sign = "✓" if fit.fits else ("~" if fit.feasible else "!")
    style = "bold $success" if fit.feasible else "bold $warning"
    ends = tr("ends {time}", time=fit.projected_end[:5])
    return Content.assemble((f"{sign} {tr(fit.sentence)}", style), (f"  {ends}", "$quiet"), "\n")


def _row(step: StepTimes) -> Content:
    depth = 0 if step.parent is None else 1
    minutes = pacing.half_minutes(step.seconds) if step.seconds else ""
    planned = pacing.half_minutes(step.planned_seconds)
    # A change of seconds has its sign; a figure that reads the same would say nothing.
    shorter = step.change == "shortened" and planned != minutes
    was = f" ({tr('was {minutes}', minutes=planned)})" if shorter else ""
    style = {"dropped": "strike $quiet", "shortened": "bold"}.get(step.change or "", "")
    if step.kind == "slack":
        style = "italic $quiet"
    return Content.assemble(
        (f"{step.starts[:5]} ", "$quiet"),
        f"{_sign(step)}{minutes:>3} {'  ' * depth}",
        (_title(step), style),
        (was, "$quiet"),
    )


def _title(step: StepTimes) -> str:
    """Return what a step is called; time that no step of the plan names is called by us."""
    return tr(step.title) if step.title in _OUR_TITLES else step.title


def _sign(step: StepTimes) -> str:
    if step.change is None:
        return "■" if step.flex == "protected" else " "
    return _SIGNS[step.change]


def _finding(finding: Finding) -> Content:
    sign, style = ("!", "bold $warning") if finding.level == "problem" else ("·", "$quiet")
    return Content.assemble(
        (f"{sign} ", style), tr(finding.sentence), " ", (tr(finding.fix), "$quiet")
    )


def _number(text: str, sentence: str) -> int:
    if not text.strip().isdecimal() or len(text.strip()) > 6:  # noqa: PLR2004
        raise CommandRefusedError(sentence)
    return int(text)
