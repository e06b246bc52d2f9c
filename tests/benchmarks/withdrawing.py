"""How long it takes to take an answer back, with words that are right and words that are not.

Touches: clock, disk (the folder it is given), threads of the box.
"""

from __future__ import annotations

import statistics

from harness import Bench, Measure, Result, in_turns, milliseconds, time_of

from sessions.ballots import BOX_NAME, Box
from sessions.voices import Voices

ASK = "one"
KEYS = {ASK: bytes(32)}
TIMES, CELLS = 2000, 1024
ROUNDS_FOR_ALL = 15
"""With so many rounds, as they are by default, all times are measured; with fewer, a share."""

WRONG = "acorn acorn acorn acorn"
MOST_MILLISECONDS = 2.0
"""More than this between the middle ones, and the time of an answer would tell right from wrong."""


def withdraw(bench: Bench) -> Result:
    """Right words against wrong ones, by turns: the middle of each, and how far they are apart."""
    box = Box.create(bench.folder / BOX_NAME, CELLS)
    voices = Voices(KEYS, box)

    def right() -> float:
        """Write and take back; only the taking back is measured."""
        said = right_words(voices)
        return time_of(lambda: voices.withdraw(said).result())()

    subjects: dict[str, Measure] = {
        "right": right,
        "wrong": time_of(lambda: voices.withdraw(WRONG).result()),
    }
    taken = in_turns(subjects, TIMES * min(bench.rounds, ROUNDS_FOR_ALL) // ROUNDS_FOR_ALL)
    box.wipe()
    apart = abs(statistics.median(taken["right"]) - statistics.median(taken["wrong"]))
    detail = f"right {milliseconds(taken['right'])}; wrong {milliseconds(taken['wrong'])}"
    return Result("withdraw", 1000 * apart, MOST_MILLISECONDS, "ms", detail)


def right_words(voices: Voices) -> str:
    """Let somebody write, and return the words that take it back."""
    token = voices.new_tokens()[ASK]
    voices.submit(ASK, token, b"a").result()
    return " ".join(voices.words_to_withdraw(ASK, token))
