"""All content there is: what is shipped, and the user's own folders over it.

Touches: disk, to read content. What a language lacks is there in English, thing by thing, whole and
marked. A later folder wins by id, thing by thing; in `protocol.toml` it may replace single labels.
A file of the user's that cannot be used is left out and named in `problems`: a broken plan or
protocol never keeps a session from starting.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from agreements.errors import ContentError, UnknownContentError
from agreements.languages import (
    PROTOCOL_PARTS,
    filled,
    filled_protocol,
    marked,
    marked_rows,
    nearest,
    prompt_in,
)
from agreements.load import Gate, build, file_name, load, parse_table, read_text
from agreements.locate import line_of
from agreements.model import (
    ContentModel,
    Move,
    MovePack,
    Prompt,
    PromptPack,
    Protocol,
    TextBlock,
    TextPack,
)
from agreements.plan import Plan, Step

_Thing = TypeVar("_Thing", Prompt, Move, TextBlock)

DEFAULT_LANGUAGE = "en"

_LONGEST_NAME = 64
"""No id is longer, so of a longer name no more is compared or shown."""


def shipped_languages() -> tuple[str, ...]:
    """Return the languages that content is shipped in, as tags."""
    folders = shipped_folder().parent.iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.is_dir()))


def shipped_language(language: str) -> str:
    """Return the shipped language that fits a tag best; empty when none does."""
    return nearest(language, shipped_languages())


def shipped_folder(language: str = DEFAULT_LANGUAGE) -> Path:
    """Return the folder of the content that comes with the program."""
    return Path(str(resources.files("agreements"))) / "content" / language


PROTOCOL_NAME = "protocol.toml"

COMPILED_NAME = "compiled.json"
"""All of a shipped folder in one file, read ten times as fast; a test holds it to the TOML."""


class Compiled(ContentModel):
    """Everything a shipped folder holds, cleaned and checked."""

    protocol: Protocol
    prompts: tuple[Prompt, ...]
    moves: tuple[Move, ...]
    texts: tuple[TextBlock, ...]
    plans: tuple[Plan, ...]
    files: dict[str, str]
    """The file each plan stands in."""


@dataclass(slots=True)
class Library:
    """Content by id. Made by `open_library`; read-only for everybody else."""

    protocol: Protocol
    prompts: dict[str, Prompt] = field(default_factory=dict)
    moves: dict[str, Move] = field(default_factory=dict)
    texts: dict[str, TextBlock] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    origins: dict[str, Path] = field(default_factory=dict)
    """The file each plan was read from."""
    problems: list[ContentError] = field(default_factory=list)
    """What could not be used, in the order it was found."""
    language: str = DEFAULT_LANGUAGE
    """The language of all that is not marked with another one."""
    below: dict[str, Prompt] = field(default_factory=dict)
    """The shipped English prompts, for plans in English, where the language is another one."""

    def plan(self, plan_id: str) -> Plan:
        """Return a plan with every prompt it uses inside it.

        Raises:
            UnknownContentError: When there is no such plan, naming the nearest.
            ContentError: When the plan uses a prompt that does not exist.
        """
        found = self.plans.get(plan_id)
        if found is None:
            raise self.unknown("plan", plan_id)
        return self.complete(found, plan_id)

    def unknown(self, noun: str, wanted: str) -> UnknownContentError:
        """Return the error for a plan that does not exist, with the nearest ids."""
        ids = tuple(self.plans)
        near = tuple(difflib.get_close_matches(wanted[:_LONGEST_NAME], ids, n=3, cutoff=0.5))
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in wanted)
        return UnknownContentError(noun, f"“{shown[:_LONGEST_NAME]}”", near, ids)

    def complete(self, plan: Plan, file: str) -> Plan:
        """Return the plan with the library's prompts that it uses copied into it.

        Raises:
            ContentError: When a step names a prompt that neither plan nor library has.
        """
        own = {one.id: one for one in plan.prompts}
        used: dict[str, Prompt] = {}
        for step in plan.steps + plan.alternatives:
            for prompt_id in step.prompts:
                prompt = own.get(prompt_id) or prompt_in(
                    plan.language,
                    self.prompts.get(prompt_id),
                    self.below.get(prompt_id),
                    self.language,
                    DEFAULT_LANGUAGE,
                )
                if prompt is None:
                    raise ContentError(
                        file, f"there is no prompt {prompt_id}", key=_step_key(plan, step)
                    )
                used[prompt_id] = prompt
        return plan.model_copy(update={"prompts": tuple(used.values())})


def open_library(
    gate: Gate, folders: tuple[Path, ...] = (), language: str = DEFAULT_LANGUAGE
) -> Library:
    """Read the shipped content and then the user's folders.

    Args:
        gate: Cleans every string that content holds.
        folders: The user's own folders, the later winning; one that is missing is empty.
        language: Which shipped content to begin with; what it lacks is there in English.

    Raises:
        ContentError: When shipped content cannot be used.
    """
    shipped = shipped_folder(language)
    library = _shipped_library(read_compiled(shipped, gate), shipped)
    if language != DEFAULT_LANGUAGE:
        below = shipped_folder()
        _fill(library, _shipped_library(read_compiled(below, gate), below))
    if any((folder / PROTOCOL_NAME).is_file() for folder in folders):
        _lay_protocols_over(library, shipped, folders, gate)
    for folder in folders:
        if folder.is_dir():
            _add_folder(library, folder, gate, strict=False)
    return library


def read_plan(path: Path, gate: Gate) -> Plan:
    """Read one plan by itself.

    Raises:
        ContentError: When the file cannot be read or is no plan.
    """
    return load(Plan, path, gate)


def compiled(folder: Path, gate: Gate) -> Compiled:
    """Read a shipped folder's TOML into the one thing that is compiled from it.

    Raises:
        ContentError: Something in the folder cannot be used.
    """
    protocol = _laid_over({}, folder, gate)[1]
    library = Library(protocol=protocol, language=protocol.language)
    known: dict[str, Prompt] = {}
    if protocol.language != DEFAULT_LANGUAGE:
        known = {one.id: one for one in compiled(shipped_folder(), gate).prompts}
        library.prompts |= known
    _add_folder(library, folder, gate, strict=True)
    own = (one for one in library.prompts.values() if one is not known.get(one.id))
    return Compiled(
        protocol=library.protocol,
        prompts=tuple(own),
        moves=tuple(library.moves.values()),
        texts=tuple(library.texts.values()),
        plans=tuple(library.plans.values()),
        files={plan: path.name for plan, path in library.origins.items()},
    )


def read_compiled(folder: Path, gate: Gate) -> Compiled:
    """Return the shipped content of a folder: as it was compiled, or from its TOML."""
    try:
        return Compiled.model_validate_json((folder / COMPILED_NAME).read_bytes())
    except FileNotFoundError:
        return compiled(folder, gate)


def _shipped_library(ready: Compiled, folder: Path) -> Library:
    return Library(
        language=ready.protocol.language,
        protocol=ready.protocol,
        prompts={one.id: one for one in ready.prompts},
        moves={one.id: one for one in ready.moves},
        texts={one.id: one for one in ready.texts},
        plans={plan.id: plan for plan in ready.plans},
        origins={plan: folder / "plans" / name for plan, name in ready.files.items()},
    )


def _fill(library: Library, below: Library) -> None:
    """Add what a language lacks as it is below, each thing whole and marked."""
    lowest = below.language
    library.protocol = filled_protocol(library.protocol, below.protocol)
    library.below = below.prompts
    library.prompts = filled(library.prompts.values(), below.prompts.values(), lowest)
    library.moves = filled(library.moves.values(), below.moves.values(), lowest)
    library.texts = filled(library.texts.values(), below.texts.values(), lowest)
    library.plans = {one: library.plans.get(one, plan) for one, plan in below.plans.items()}
    library.origins = below.origins | library.origins


def _step_key(plan: Plan, step: Step) -> str:
    if step in plan.steps:
        return f"step[{plan.steps.index(step) + 1}].prompts"
    return f"alternative[{plan.alternatives.index(step) + 1}].prompts"


def _lay_protocols_over(
    library: Library, shipped: Path, folders: tuple[Path, ...], gate: Gate
) -> None:
    """Let each folder replace what it names by id; one that cannot be used changes nothing."""
    table, _ = _laid_over({}, shipped, gate)
    below = library.protocol
    for folder in folders:
        if (folder / PROTOCOL_NAME).is_file():
            try:
                table, protocol = _laid_over(table, folder, gate)
                library.protocol = filled_protocol(protocol, below)
            except ContentError as error:
                library.problems.append(error)


def _laid_over(below: dict[str, Any], folder: Path, gate: Gate) -> tuple[dict[str, Any], Protocol]:
    """Return the table with a folder's protocol over it, and the protocol that this makes.

    Raises:
        ContentError: The file cannot be read, or no protocol can be made with it.
    """
    text = read_text(folder / PROTOCOL_NAME, PROTOCOL_NAME, gate)
    own = parse_table(text, PROTOCOL_NAME, gate)
    table = _overlaid(below, own)
    return table, _build_protocol(table, own, text)


def _build_protocol(table: dict[str, Any], own: dict[str, Any], text: str) -> Protocol:
    """Build the protocol; an error names the place in the file that was read last."""
    try:
        return build(Protocol, table, PROTOCOL_NAME)
    except ContentError as error:
        key = _key_in_own(error.key, table, own)
        line = line_of(key, text)
        raise ContentError(PROTOCOL_NAME, error.problem, key=key, line=line) from None


def _key_in_own(key: str, merged: dict[str, Any], own: dict[str, Any]) -> str:
    """Return where a thing of the merged table stands in the file that was read last."""
    first, dot, rest = key.partition(".")
    name, _, index = first.rstrip("]").partition("[")
    things = own.get(name)
    if not (index.isdecimal() and isinstance(things, list) and isinstance(merged[name], list)):
        return key
    wanted = merged[name][int(index) - 1]
    place = next((at for at, one in enumerate(things, 1) if _id_of(one) == _id_of(wanted)), None)
    return key if place is None else f"{name}[{place}]{dot}{rest}"


def _overlaid(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return one table over another; lists of tables with ids are merged by id.

    A table in another language replaces whole items, so that none is in two languages; those that
    it does not have say which one they are in.
    """
    language = below.get("language")
    translates = isinstance(language, str) and above.get("language", language) != language
    merged = dict(below)
    if isinstance(language, str) and translates:
        parts = {part: below[part] for part in PROTOCOL_PARTS if isinstance(below.get(part), list)}
        merged |= {part: marked_rows(rows, language) for part, rows in parts.items()}
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, list) and isinstance(value, list):
            merged[key] = _merged_by_id(old, value, whole=translates)
        else:
            merged[key] = value
    return merged


def _merged_by_id(below: list[Any], above: list[Any], *, whole: bool) -> list[Any]:
    if any(_id_of(one) is None for one in [*below, *above]):
        return above
    merged = {one["id"]: one for one in below}
    for one in above:
        base = {} if whole else merged.get(one["id"], {})
        merged[one["id"]] = {**base, **one}
    return list(merged.values())


def _id_of(thing: object) -> str | None:
    found = thing.get("id") if isinstance(thing, dict) else None
    return found if isinstance(found, str) else None


def _add_folder(library: Library, folder: Path, gate: Gate, *, strict: bool) -> None:
    readers = (
        ("prompts/*.toml", partial(_add_prompts, library)),
        ("moves.toml", partial(_add_moves, library)),
        ("texts.toml", partial(_add_texts, library)),
        ("plans/*.toml", partial(_add_plan, library)),
    )
    for pattern, add in readers:
        for path in sorted(folder.glob(pattern)):
            try:
                add(path, gate)
            except ContentError as error:
                if strict:
                    raise
                library.problems.append(error)


def _add_prompts(library: Library, path: Path, gate: Gate) -> None:
    pack = load(PromptPack, path, gate)
    found = _by_id(pack.prompts, "prompt", file_name(path, gate))
    library.prompts |= _marked(found, pack.language, library)
    for one in found:
        library.below.pop(one, None)  # her own comes first, whatever its language


def _add_moves(library: Library, path: Path, gate: Gate) -> None:
    pack = load(MovePack, path, gate)
    found = _by_id(pack.moves, "move", file_name(path, gate))
    library.moves |= _marked(found, pack.language, library)


def _add_texts(library: Library, path: Path, gate: Gate) -> None:
    pack = load(TextPack, path, gate)
    found = _by_id(pack.texts, "text", file_name(path, gate))
    library.texts |= _marked(found, pack.language, library)


def _add_plan(library: Library, path: Path, gate: Gate) -> None:
    plan = load(Plan, path, gate)
    library.complete(plan, file_name(path, gate))
    library.plans[plan.id] = plan
    library.origins[plan.id] = path


def _marked(found: dict[str, _Thing], language: str, library: Library) -> dict[str, _Thing]:
    return {one: marked(thing, language, library.language) for one, thing in found.items()}


def _by_id(things: tuple[_Thing, ...], noun: str, file: str) -> dict[str, _Thing]:
    """Return things by id.

    Raises:
        ContentError: When two of one file have the same id, so that one would be lost.
    """
    found: dict[str, _Thing] = {}
    for number, one in enumerate(things, 1):
        if one.id in found:
            sentence = f"there is a {noun} {one.id} already; please give each its own id"
            raise ContentError(file, sentence, key=f"{noun}[{number}].id")
        found[one.id] = one
    return found
