"""A session that is going on: the only object the front ends talk to.

Touches: clock, disk (through the saver), the system's random source. It stamps time and ids, asks
the pure core what happens, and hands every new version of the record to the saver. Words from
outside pass the text gate and lose their names here; what is known of names is in memory only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Concatenate, ParamSpec, Self, TypeVar

from agreements.model import Protocol
from agreements.plan import Ask, Plan, Step
from agreements.sentence import Sentence
from sessions import decide, disk, order, pacing, versions
from sessions.beginning import Opening, first_record, without_names
from sessions.boottime import Clock
from sessions.clock import StepTime, step_time
from sessions.condense import condense
from sessions.decide import Moment
from sessions.deidentify.aliases import Aliases
from sessions.deidentify.model import Hidden
from sessions.deidentify.roster import Roster
from sessions.document import ClosedRecord, OpenRecord, RunningClock
from sessions.errors import CommandRefusedError, StorageError
from sessions.facts import KIND_OF, Answers, Fact, Line, Note, RecordModel, Wording
from sessions.name_desk import ChangesWords, NameDesk
from sessions.saver import Saver, SaveStatus
from sessions.showing import Showing
from sessions.state import LastElapsed, SessionState, replay
from sessions.store import SessionFolder, Store
from sessions.tags import take_tags
from sessions.tallies import counted, new_id
from sessions.text import LINE_LIMIT, NOTE_LIMIT, one_line, paragraph
from sessions.themes import Coding
from sessions.timeline import AnyEvent, FactKept
from sessions.turn_desk import TurnDesk

CLOCK_SECONDS = 60
"""While a step runs, what is saved is never older than this: it is where an interruption began."""

P = ParamSpec("P")
Kind = TypeVar("Kind", bound=RecordModel)
Command = Callable[Concatenate[Moment, P], decide.Events]


class LiveSession:
    """One open session. Commands raise `CommandRefusedError` and then change nothing."""

    def __init__(self, folder: SessionFolder, record: OpenRecord, clock: Clock) -> None:
        """Take over a session whose lock is held; use `begin` or `resume`."""
        self.folder = folder
        self.clock = clock
        self.is_new = False
        """It was begun by this program, just now, and not taken up again."""
        self._base = record
        self._events: list[AnyEvent] = list(versions.without_lost_facts(record))
        self._state = replay(self._events)
        self._last_elapsed = LastElapsed()
        self._facts: dict[str, Fact] = versions.facts_of(record)
        self.names = NameDesk(Aliases.start_after(versions.aliases_reached(record)))
        self._clock_saved = record.clock.at
        self._boot_at_zero = clock.boot() - versions.seconds_at(record, clock.wall())
        self.showing = Showing()
        self.turns = TurnDesk(record.plan, lambda: self._events, lambda: self.state)
        self.on_saved: Callable[[SaveStatus], None] = lambda _status: None
        self._saver = Saver(
            lambda version, forget: folder.write(version, forget_previous=forget),
            lambda status: self.on_saved(status),  # noqa: PLW0108  # whoever listens by then
        )

    @classmethod
    def begin(cls, store: Store, opening: Opening, clock: Clock) -> Self:
        """Create a session on the disk and open it.

        Raises:
            CommandRefusedError: The heads or the hard stop cannot be.
            StorageError: The record could not be saved; nothing has begun.
        """
        opening, aliases = without_names(opening)
        record = first_record(opening, clock.wall())
        folder = store.create(
            held_on=record.held_on, title=record.title, rehearsal=opening.rehearsal
        )
        folder.lock.acquire()
        try:
            folder.write(record)
        except StorageError:
            folder.lock.release()
            raise
        session = cls(folder, record, clock)
        session.names, session.is_new = NameDesk(aliases, opening.roster), True
        return session

    @classmethod
    def resume(cls, folder: SessionFolder, clock: Clock) -> Self:
        """Open a session again that was interrupted. The roster is gone.

        Raises:
            SessionLockedError: Another program has it open.
            CommandRefusedError: The session is closed.
            StorageError: The record cannot be read.
        """
        folder.lock.acquire()
        try:
            disk.sweep_leftovers(folder.folder)
            record = folder.read()
            if not isinstance(record, OpenRecord):
                raise CommandRefusedError("This session is closed. `dialogue show` shows it.")
            session = cls(folder, record, clock)
        except (StorageError, CommandRefusedError):
            folder.lock.release()
            raise
        if gap := versions.long_gap(record, session._state, session.now()):
            session.apply(gap)
        return session

    @property
    def plan(self) -> Plan:
        """The plan that is being run."""
        return self._base.plan

    @property
    def protocol(self) -> Protocol:
        """The agreements, conditions and compass of the session."""
        return self._base.protocol

    @property
    def title(self) -> str:
        """The session's title."""
        return self._base.title

    def wordings(self) -> dict[str, str]:
        """Return the group's own wordings by the id of the agreement."""
        return {one.agreement: one.text for one in self.facts(Wording)}

    @property
    def record(self) -> OpenRecord:
        """The record as it would be saved now."""
        return self._version()

    @property
    def state(self) -> SessionState:
        """Where the session stands at this second."""
        return self._last_elapsed.elapse(self._state, self.now())

    @property
    def events(self) -> tuple[AnyEvent, ...]:
        """The timeline so far."""
        return tuple(self._events)

    @property
    def status(self) -> SaveStatus:
        """How far saving has come."""
        return self._saver.status

    @property
    def step(self) -> Step | None:
        """The step that is running, paused, or was last."""
        return order.current(self.plan, self._state)

    def now(self) -> int:
        """Return whole seconds since the session was opened; never less than the last event."""
        return max(math.floor(self.clock.boot() - self._boot_at_zero), self._state.at)

    def time_of(self, step: Step) -> StepTime:
        """Return the time of a step at this second."""
        return step_time(self.plan, step, self.state)

    def pace(self) -> pacing.Pace:
        """Say how the session stands against its hard stop at this second."""
        return pacing.pace(self.plan, self.state, versions.opened_at(self._base))

    def advice(self) -> Sentence:
        """Say in a sentence what would make the session fit; empty when it fits."""
        return pacing.advice(self.plan, self.state, versions.opened_at(self._base))

    def fit(self) -> SessionState:
        """Take the smallest change that makes what is left fit the hard stop.

        Raises:
            CommandRefusedError: There is no hard stop, it fits already, or it cannot fit.
        """
        found = self.pace().fit
        if found is None:
            raise CommandRefusedError(pacing.NO_END)
        if not found.feasible:
            raise CommandRefusedError(self.advice())
        return self.do(decide.fit_plan, seconds=found.seconds, dropped=found.dropped)

    def facts(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the facts of one kind that are kept, in the order they were kept."""
        return versions.only(kind, {fact: self._facts[fact] for fact in self._state.facts})

    def do(self, command: Command[P], *args: P.args, **kwargs: P.kwargs) -> SessionState:
        """Carry out a command of `sessions.decide` and save.

        Raises:
            CommandRefusedError: It is not possible now; nothing has changed.
        """
        return self.apply(command(self.moment(), *args, **kwargs))

    def moment(self) -> Moment:
        """Return what a command decides upon at this second."""
        return Moment(self.state, self.plan, self.protocol, self.now())

    def apply(
        self, events: decide.Events, *, facts: Iterable[Fact] = (), forget_previous: bool = False
    ) -> SessionState:
        """Let events happen, if all of them may, and save; for commands that bring their facts.

        Raises:
            CommandRefusedError: One of them is not possible now; nothing has changed.
        """
        state = decide.checked(self._state, events)
        self._facts |= {fact.id: fact for fact in facts}
        self._state = state
        self._events.extend(events)
        self._save(forget_previous=forget_previous)
        return self._state

    def apply_for_good(
        self, events: decide.Events, *, facts: Iterable[Fact] = (), forget_previous: bool = False
    ) -> None:
        """Let events happen that can never be taken back: only once they are on the disk.

        Raises:
            CommandRefusedError: One of them is not possible now; nothing has changed.
            StorageError: They could not be saved; nothing has changed.
        """
        before = (self._state, list(self._events))
        self.apply(events, facts=facts, forget_previous=forget_previous)
        try:
            self._saver.make_sure(Sentence("Nothing has been changed."))
        except StorageError:
            self._state, self._events = before
            self._save()
            raise

    def name_room(self, roster: Roster) -> None:
        """Say who is in the room: these names go from everything that was kept, too."""
        self._change_words(partial(self.names.name_room, roster), titles=True)

    def decide_word(self, written: str, *, keep: bool) -> None:
        """Keep or hide some words, from now on and in everything that was kept before."""
        self._change_words(partial(self.names.answer, written, keep=keep))

    def preview(self, raw: str) -> Hidden:
        """Return words as they would be kept, with the names hidden; keeps nothing."""
        return self.names.as_kept(take_tags(paragraph(raw, NOTE_LIMIT), self.protocol)[0])

    def keep_note(self, raw: str) -> Note:
        """Keep a facilitator's note, with its tags taken out and the names hidden.

        Raises:
            CommandRefusedError: It is empty, or nothing can be kept now.
        """
        _text, tags = take_tags(paragraph(raw, NOTE_LIMIT), self.protocol)
        hidden = self._hidden(raw)
        step = None if self.step is None else self.step.id
        note = Note(id=new_id(), step=step, text=hidden.text, tags=tags, hidden=dict(hidden.counts))
        self._keep(note, hidden=hidden)
        return note

    def keep_line(self, kind: type[Line], raw: str) -> Fact:
        """Keep an agreement of the house, a parked question, a commitment or an ask."""
        hidden = self._hidden(one_line(raw, LINE_LIMIT))
        fact = kind(id=new_id(), text=hidden.text)
        self._keep(fact, hidden=hidden)
        return fact

    def keep_wording(self, agreement: str, raw: str) -> Wording:
        """Keep the group's own wording of an agreement, in the place of an earlier one."""
        hidden = self._hidden(one_line(raw, LINE_LIMIT))
        wording = Wording(id=new_id(), agreement=agreement, text=hidden.text)
        earlier = next((one.id for one in self.facts(Wording) if one.agreement == agreement), None)
        self._keep(wording, instead_of=earlier, hidden=hidden)
        return wording

    def keep_tally(self, ask: Ask, counts: Mapping[str, int]) -> Answers:
        """Keep what a room answered aloud, in the place of an earlier count of the same ask."""
        answers = counted(ask, counts, self._state, self.protocol)
        earlier = self.tally(ask.id)
        self._keep(answers, instead_of=None if earlier is None else earlier.id)
        return answers

    def tally(self, ask_id: str) -> Answers | None:
        """Return the answers to an ask, if there are any yet."""
        return next((one for one in self.facts(Answers) if one.ask == ask_id), None)

    def keep_coding(self, coding: Coding) -> OpenRecord:
        """Keep what answers are coded with; it is no act of the session, and undo passes it by.

        Raises:
            StorageError: It could not be saved; nothing has changed.
        """
        before = (self._base, self._facts)
        self._base, self._facts = versions.coded(self._base, self._facts, self.record, coding)
        gone = self.names.relabelled(before[0].own_themes, coding.own)
        try:
            self.apply_for_good((), forget_previous=gone)
        except StorageError:
            self._base, self._facts = before
            self._save()
            raise
        return self.record

    def undo(self) -> tuple[AnyEvent, ...]:
        """Take back the last act and return its events.

        Raises:
            CommandRefusedError: There is nothing that can be undone.
        """
        count = decide.last_act(self._events)
        undone = tuple(self._events[-count:])
        del self._events[-count:]
        self._state = replay(self._events)
        self._save(forget_previous=any(isinstance(event, FactKept) for event in undone))
        return undone

    def strike(self, fact_id: str) -> None:
        """Take words out again, from the version before as well."""
        self.apply(decide.strike_fact(self.moment(), fact=fact_id), forget_previous=True)

    def close(self) -> ClosedRecord:
        """Make the record final: condense it, save it, and let go of the session.

        Raises:
            CommandRefusedError: It cannot be closed now.
            StorageError: It could not be saved; the session is still open.
        """
        moment = self.moment()
        decide.checked(self._state, decide.close_session(moment))
        closed = condense(self._version(), moment.at)
        self._saver.save(closed)
        try:
            self._saver.make_sure(Sentence("The session is still open."))
        except StorageError:
            self._save()  # the open record takes the closed one's place in the queue
            raise
        self._events.extend(decide.close_session(moment))
        self._state = replay(self._events)
        self.leave()
        return closed

    def keep_clock(self) -> None:
        """Save how late it is once a minute, so that a quiet hour before a crash counts too."""
        if self._state.phase == "running" and self.now() - self._clock_saved >= CLOCK_SECONDS:
            self._save()

    def leave(self) -> bool:
        """Save what is due, let go of the lock, and say whether everything is on the disk."""
        self.turns.forget()
        self.names.forget()
        kept = self._saver.stop()
        self.folder.lock.release()
        return kept

    def _hidden(self, raw: str) -> Hidden:
        hidden = self.preview(raw)
        if not hidden.text:
            raise CommandRefusedError("There is nothing to keep yet. Write a few words first.")
        if len(hidden.text) > NOTE_LIMIT:
            raise CommandRefusedError(
                "This is too long with its names hidden. Keep it in two parts."
            )
        return hidden

    def _keep(
        self, fact: Fact, *, instead_of: str | None = None, hidden: Hidden | None = None
    ) -> None:
        """Keep a fact; what its words need to be remembered is remembered only now."""
        kind = KIND_OF[type(fact)]
        events = decide.keep_fact(self.moment(), kind=kind, fact=fact.id, instead_of=instead_of)
        self.apply(events, facts=(fact,), forget_previous=instead_of is not None)
        if hidden is not None:
            self.names.keep(fact.id, hidden)

    def _change_words(self, change: ChangesWords, *, titles: bool = False) -> None:
        """Change words of facts and own themes where they stand, in every version that is kept."""
        changed = change([*self._facts.values(), *self._base.own_themes])
        if titles:
            self._base = versions.with_names_hidden(self._base, self.names.of_roster)
        self._base, self._facts = versions.with_words(self._base, self._facts, changed.values())
        self._save(forget_previous=True)

    def _version(self) -> OpenRecord:
        clock = RunningClock(opened=self._base.clock.opened, at=self.now(), wall=self.clock.wall())
        return versions.later_version(self._base, self._events, self._state, self._facts, clock)

    def _save(self, *, forget_previous: bool = False) -> None:
        version = self._version()
        self._clock_saved = version.clock.at
        self._saver.save(version, forget_previous=forget_previous)
