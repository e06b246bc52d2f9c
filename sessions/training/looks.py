"""The two looks of the name model, learned one after the other.

Touches: disk, to read the lists; processes, one for each first look.

The first look learns from all notes. The second learns how far it is to be trusted, and so sees
each half of the rooms by a first look that has learned from the other half alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from random import Random  # noqa: TID251

from sessions.deidentify.lexicon import packed, unpacked
from sessions.training.fit import Hider, examples, fitted, shrunk
from sessions.training.growing import grown, seen_of
from sessions.training.making import Maker
from sessions.training.material import read_material
from sessions.training.notes import Room, with_names_of, with_other_names


@dataclass(frozen=True)
class Asked:
    """What is to be learned from, and how often."""

    names: Path
    words: list[Path]
    towns: Path
    wordnet: Path
    used: Path
    seed: int
    rounds: int
    notes: int


def first_look(asked: Asked, rooms: Sequence[Room]) -> bytes:
    """Return the file of a model of the first look that has learned from these rooms."""
    chance = Random(asked.seed)  # noqa: S311
    material = read_material(asked.names, asked.words, asked.towns, asked.wordnet, asked.used)
    material = with_names_of(material, rooms)
    maker = Maker(material, chance)
    made = list(maker.sentences(asked.rounds, max(asked.rounds // 2, 1)))
    made += maker.composed(asked.rounds * 800)
    named = [sentence for sentence in material.sentences if sentence.names]
    made += maker.renamed(named * 2)
    made += maker.for_pronouns(material.sentences, 0.9)
    made += maker.for_pronouns(maker.clean() * (asked.rounds // 2), 0.9)
    made += maker.other_voices(material.sentences * 2)
    for _ in range(asked.notes):
        made += with_other_names(rooms, maker, chance)
    hider = Hider(material, chance)
    return packed(shrunk(material, fitted(examples(made, hider), chance)), {})


def trained(asked: Asked, rooms: Sequence[Room]) -> bytes:
    """Return the file of the whole model."""
    halves = rooms[::2], rooms[1::2]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
        files = list(processes.map(first_look, [asked] * 3, [*halves, rooms]))
    one, other, whole = map(unpacked, files)
    seen = [*seen_of(halves[1], one), *seen_of(halves[0], other)]
    head = {name: str(getattr(asked, name)) for name in ("seed", "rounds", "notes")}
    head = {"dialogue-names": "2", **head}
    return packed(replace(whole, trees=grown(seen)), head)
