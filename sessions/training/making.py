"""Makes sentences to train on: templates filled with names, and every sentence in other voices.

Pure, given a source of chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random  # noqa: TID251
from typing import Final

from sessions.training.material import Material, Sentence

_SLOT: Final = re.compile(r"\{([NSFPTAQqMWwJjXxYy])\}")
_SMALL_WORD: Final = re.compile(r"(?<=\w )[a-z]{4,14}\b")
_QUIET: Final = re.compile(r"[.,;:!?\"'’“”()]")


# What a name can stand for; "her" is left alone, since it may be hers.
_PRONOUN: Final = re.compile(
    r"\b(?:he|she|him|his|somebody|someone|nobody|everybody|everyone|my (?:mother|father|son|"
    r"daughter|"
    r"sister|brother|boss|manager|supervisor|teacher|wife|husband|friend|grandmother)|the "
    r"(?:doctor|nurse|teacher|"
    r"chair|principal)|ella|él|alguien|nadie|mi (?:mamá|papá|jefe|jefa|hija|hijo|abuela)|la "
    r"(?:maestra|enfermera))\b(?!['’])",
    re.IGNORECASE,
)
_SHORTEST: Final = 2
_ANY_WORD: Final = "any word"
_COSAS: Final = "cosas"
_PIECE_OF: Final = {
    "q": "abstract", "m": "months", "t": "titles", "w": "things", "j": "qualities", "x": "deeds",
    "y": "cosas",
}  # fmt: skip
_IN_CAPITALS: Final = frozenset("QWJXY")
_PARTS: Final = ("subjects", "verbs", "rest")
_NAMED: Final = (
    "{N}", "{N}", "{N}", "{N}", "{F}", "{T} {S}", "{N} and {N}", "{S}", "my sister {N}",
    "my boss {N}", "{N} (parent)", "{N}'s mother", "Nurse {N}", "{N} from {P}",
)  # fmt: skip
_OPENINGS: Final = {
    "en": (
        *[""] * 9, "Then ", "So ", "And ", "But ", "When ", "I think ", "I heard that ", "well ",
        "um ", "After that ", "Later ", "If ", "because ", "Yes, ", "- ", "• ", '"', "(", "Also ",
    ),
    "es": (
        *[""] * 6, "Luego ", "Y ", "Pero ", "Cuando ", "Dicen que ", "Ayer ", "Hoy ", "- ",
        "también ",
    ),
}  # fmt: skip


class Maker:
    """Fills templates and changes voices, all by one source of chance."""

    def __init__(self, material: Material, chance: Random) -> None:
        self._material = material
        self._chance = chance
        self._origins = list(material.origins)
        self._origins += ["nicknames", *["word-names"] * 7, *[_ANY_WORD] * 3]
        # Spanish is written by people with Spanish names more often than by others.
        spanish = [*["latino"] * 12, *["indigenous-latin"] * 3, *[_COSAS] * 9]
        self._of_language = {"en": self._origins, "es": [*self._origins, *spanish]}
        self._countries = [name for name in sorted(material.given) if len(name) > _SHORTEST]

    def sentences(self, rounds: int, clean_rounds: int) -> Iterator[Sentence]:
        """Yield sentences made of each template so many times, and each clean one so many."""
        for template in self._material.templates["en mixed"] * rounds:
            yield self.voiced(self._filled(template))
        for language in ("en", "es"):
            with_names = self._material.templates[language]
            clean = self._material.templates[f"{language} clean"]
            for template in with_names * rounds:
                made = self._filled(template, language)
                if self._chance.random() < 0.25:  # noqa: PLR2004
                    made = self._joined(made, self._filled(self._chance.choice(clean)))
                yield self.voiced(made)
            for template in clean * clean_rounds:
                made = self._filled(template)
                if self._chance.random() < 0.3:  # noqa: PLR2004
                    made = self._joined(made, self._filled(self._chance.choice(clean)))
                yield self.voiced(made)

    def composed(self, count: int) -> Iterator[Sentence]:
        """Yield sentences of a subject, a verb and a rest; half of the subjects are names."""
        parts = {
            language: [self._material.templates[f"{language} {part}"] for part in _PARTS]
            for language in ("en", "es")
        }
        verbs = {language: " ".join(lists[1]).split() for language, lists in parts.items()}
        for _ in range(count):
            language = self._chance.choice(("en", "en", "es"))
            subjects, _verbs, rests = parts[language]
            named = self._chance.random() < 0.5  # noqa: PLR2004
            subject = self._chance.choice(_NAMED) if named else self._chance.choice(subjects)
            rest = self._chance.choice(rests)
            verb = self._chance.choice(verbs[language])
            between = "" if rest.startswith(",") else " "
            opening = self._chance.choice(_OPENINGS[language])
            if opening and not named:
                subject = subject[0].lower() + subject[1:] if subject != "I" else subject
            end = self._chance.choice((".", ".", "", "!", "\n"))
            yield self.voiced(
                self._filled(
                    f"{opening}{subject} {verb}{between}{rest}{end}".rstrip("\n"), language
                )
            )

    def renamed(self, given: Sequence[Sentence]) -> Iterator[Sentence]:
        """Yield public sentences with other names in them, evenly over origins."""
        for sentence in given:
            text, done = "", 0
            names: list[tuple[int, int]] = []
            before = -2
            for start, end in sentence.names:
                text += sentence.text[done:start]
                name = self._word("S" if start == before + 1 else "N")
                before, done = end, end
                names.append((len(text), len(text) + len(name)))
                text += name
            yield self.voiced(Sentence(text + sentence.text[done:], tuple(names)))

    def for_pronouns(self, given: Sequence[Sentence], share: float) -> Iterator[Sentence]:
        """Yield sentences in which a name stands where a pronoun stood."""
        for sentence in given:
            stood = [
                one
                for one in _PRONOUN.finditer(sentence.text)
                if not any(start <= one.start() < end for start, end in sentence.names)
            ]
            if not stood or self._chance.random() > share:
                continue
            one = self._chance.choice(stood)
            tail = "'s" if one[0].lower() in {"his", "su"} else ""
            name = self._word("F" if self._chance.random() < 0.1 else "N")  # noqa: PLR2004
            moved = len(name) + len(tail) - len(one[0])
            names = [
                (start, end) if end <= one.start() else (start + moved, end + moved)
                for start, end in sentence.names
            ]
            names.append((one.start(), one.start() + len(name)))
            text = sentence.text[: one.start()] + name + tail + sentence.text[one.end() :]
            yield self.voiced(Sentence(text, tuple(sorted(names))))

    def clean(self) -> list[Sentence]:
        """Return each clean template once, its towns filled in."""
        return [
            self._filled(template)
            for language in ("en clean", "es clean")
            for template in self._material.templates[language]
        ]

    def other_voices(self, given: Sequence[Sentence]) -> Iterator[Sentence]:
        """Yield public sentences, some of them in another voice."""
        for sentence in given:
            yield self.voiced(sentence) if self._chance.random() < 0.3 else sentence  # noqa: PLR2004

    def _filled(self, template: str, language: str = "en") -> Sentence:
        self._origins = self._of_language[language]
        text, done = "", 0
        names: list[tuple[int, int]] = []
        for slot in _SLOT.finditer(template):
            text += template[done : slot.start()]
            word = self._word(slot[1])
            if slot[1] in "NSF":
                names += [(len(text) + at, len(text) + end) for at, end in _words_of(word)]
            text += word
            done = slot.end()
        self._origins = self._of_language["en"]
        return Sentence(text + template[done:], tuple(names))

    def _piece(self, of: str) -> str:
        return self._chance.choice(self._material.pieces[of])

    def _word(self, kind: str) -> str:
        made = self._other_word(kind)
        return made if made is not None else self.name(kind)

    def _other_word(self, kind: str) -> str | None:
        """Return what a slot for anything but a name is filled with."""
        if kind == "P":
            return self._town()
        if kind == "A":
            letters = "ABCDEFGHILMNOPRSTUVX"
            made = "".join(
                self._chance.choice(letters) for _ in range(self._chance.randrange(2, 6))
            )
            return made + self._chance.choice(("", "", "", "s", "x", "Hx"))
        of = _PIECE_OF.get(kind.lower())
        word = self._piece(of) if of else None
        return word.capitalize() if word and kind in _IN_CAPITALS else word

    def name(self, kind: str, language: str = "") -> str:
        """Return a name of any origin: `N` a first name, `S` a family name, `F` a full one."""
        origin = self._chance.choice(self._of_language.get(language, self._origins))
        if origin in {_ANY_WORD, _COSAS} and kind != "S":
            of = self._chance.choice(("things", "things", "qualities", "cosas", "abstract"))
            return self._piece(of if origin == _ANY_WORD else _COSAS).capitalize()
        stands_for = {_ANY_WORD: "native", _COSAS: "latino"}.get(origin, origin)
        given, family = self._material.origins[stands_for]
        if stands_for == "native" and self._chance.random() < 0.5:  # noqa: PLR2004
            family = [self._of_two_words()]
        if kind == "S":
            return self._spelled(self._chance.choice(family or given))
        words = given is self._material.origins["word-names"][0]
        first = self._chance.choice(given) if words else self._spelled(self._given(given))
        if kind == "F" or self._chance.random() < 0.07:  # noqa: PLR2004
            last = self._chance.choice(family or given)
            form = self._chance.random()
            if form < 0.1:  # noqa: PLR2004
                return f"{first[0]}. {last}"
            if form < 0.2:  # noqa: PLR2004
                return f"{first} {last[0]}."
            return f"{first} {last}"
        return first

    def _of_two_words(self) -> str:
        """Return a family name as those of the Plains: "Red Horse", "Comes Last"."""
        return f"{self._piece('firsts')} {self._piece('seconds')}"

    def _given(self, of_origin: Sequence[str]) -> str:
        """Return a first name: of an origin, of the published lists, or one that is nobody's."""
        kind = self._chance.random()
        if kind < 0.62:  # noqa: PLR2004
            return self._chance.choice(of_origin)
        if kind < 0.72:  # noqa: PLR2004
            return self._chance.choice(self._countries).title()
        if kind < 0.86:  # noqa: PLR2004
            return self._invented()
        return self._blended(of_origin)

    def _invented(self) -> str:
        count = self._chance.choice((1, 2, 2, 3, 3, 4))
        made = "".join(self._piece("onsets") + self._piece("rhymes") for _ in range(count))
        return made.capitalize()

    def _blended(self, of_origin: Sequence[str]) -> str:
        """Return the beginning of one name with the end of another of the same origin."""
        one, two = self._chance.choice(of_origin), self._chance.choice(of_origin)
        head = one[: max(2, len(one) - self._chance.randrange(1, 4))]
        return (head + two[-self._chance.randrange(2, 5) :].lower()).capitalize()

    def _spelled(self, name: str) -> str:
        """Return a name, now and then with a slip of the finger."""
        if len(name) < 5 or self._chance.random() > 0.05:  # noqa: PLR2004
            return name
        at = self._chance.randrange(1, len(name) - 1)
        slip = self._chance.choice(("drop", "double", "swap"))
        if slip == "drop":
            return name[:at] + name[at + 1 :]
        if slip == "double":
            return name[:at] + name[at] + name[at:]
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]

    def _town(self) -> str:
        if self._chance.random() < 0.55:  # noqa: PLR2004
            return self._chance.choice(self._material.places)
        if self._chance.random() < 0.5:  # noqa: PLR2004
            return self._invented() + self._piece("town ends")
        before = self._chance.choice(
            ("North", "New", "East", "Port", "San", "Santa", "Fort", "Lake")
        )
        return f"{before} {self._invented()}"

    def _joined(self, one: Sentence, two: Sentence) -> Sentence:
        if self._chance.random() < 0.5:  # noqa: PLR2004
            one, two = two, one
        between = self._chance.choice((" ", " ", " ", "\n", ", ", " and ", " but "))
        if between == " " and one.text[-1] not in ".!?:":
            between = ". "
        moved = len(one.text) + len(between)
        later = tuple((start + moved, end + moved) for start, end in two.names)
        return Sentence(one.text + between + two.text, one.names + later)

    def _with_capitals(self, sentence: Sentence) -> Sentence:
        """Return a sentence with a capital where there need not be one: "Called Security"."""
        words = [
            one
            for one in _SMALL_WORD.finditer(sentence.text)
            if not any(start < one.end() and one.start() < end for start, end in sentence.names)
        ]
        if not words:
            return sentence
        text = sentence.text
        first = self._chance.choice(words)
        for one in [first, *(word for word in words if word.start() == first.end() + 1)]:
            text = text[: one.start()] + one[0].capitalize() + text[one.end() :]
        return _same_length(sentence, text)

    def voiced(self, sentence: Sentence) -> Sentence:
        """Return a sentence as it is, or shouted, in small letters, or without its signs."""
        if self._chance.random() < 0.12:  # noqa: PLR2004
            return self._with_capitals(sentence)
        kind = self._chance.random()
        if kind < 0.58:  # noqa: PLR2004
            return sentence
        if kind < 0.62:  # noqa: PLR2004
            return _same_length(sentence, sentence.text.upper())
        lowered = _same_length(sentence, sentence.text.lower())
        return lowered if kind < 0.8 else _without_signs(lowered)  # noqa: PLR2004


def _same_length(sentence: Sentence, text: str) -> Sentence:
    return Sentence(text, sentence.names) if len(text) == len(sentence.text) else sentence


def _without_signs(sentence: Sentence) -> Sentence:
    """Return a sentence as it is dictated: without signs."""
    kept = [at for at, char in enumerate(sentence.text) if not _QUIET.match(char)]
    moved = {at: place for place, at in enumerate(kept)}
    text = "".join(sentence.text[at] for at in kept)
    names: list[tuple[int, int]] = []
    for start, end in sentence.names:
        inside = [moved[at] for at in range(start, end) if at in moved]
        if inside:
            names.append((inside[0], inside[-1] + 1))
    return Sentence(text, tuple(names))


def _words_of(name: str) -> Iterator[tuple[int, int]]:
    yield 0, len(name)
