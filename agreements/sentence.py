"""A sentence that still knows what it is made of, so that a screen can say it in its own language.

Pure. It is English text like any other, and may be used as such everywhere. Beside that it keeps
its pattern, a whole sentence with a name in braces for each thing that changes, and those things.
No sentence is glued from pieces of others: where one stands inside another, that is a value of it.
"""

from __future__ import annotations

from typing import Self

Value = str | int
"""What may stand in a sentence: words, a figure, or another sentence."""


class Sentence(str):
    """English text with the pattern and the values that it was made from."""

    __slots__ = ("context", "many", "number", "pattern", "values")

    pattern: str
    """The text with names in braces; where there is a count, for one."""
    many: str
    """The same for another count than one; empty without a count."""
    number: int
    """How many; 0 without a count."""
    context: str
    """What tells one word with two meanings from the other; empty for most."""
    values: dict[str, Value]

    def __new__(cls, pattern: str, /, **values: Value) -> Self:
        """Make a sentence.

        Args:
            pattern: The English text; `{name}` stands for a value. Without values it is the text
                itself, braces and all; what is a sentence already is taken as it is.
            values: What stands in the place of each name.
        """
        if isinstance(pattern, cls):
            return pattern
        return cls._made(pattern.format_map(values) if values else pattern, pattern, values)

    @classmethod
    def counted(cls, one: str, many: str, count: int, /, **values: Value) -> Self:
        """Make a sentence of so many things; `{count}` stands for how many.

        Args:
            one: The pattern for one.
            many: The pattern for none, or several.
            count: How many.
            values: What stands in the place of the other names.
        """
        values = {"count": count, **values}
        text = (one if count == 1 else many).format_map(values)
        made = cls._made(text, one, values)
        made.many, made.number = many, count
        return made

    @classmethod
    def meant(cls, context: str, pattern: str, /, **values: Value) -> Self:
        """Make a sentence of words that mean something else elsewhere."""
        made = cls(pattern, **values)
        made.context = context
        return made

    @classmethod
    def joined(cls, *sentences: str) -> Self:
        """Put whole sentences one after the other; empty ones are left out."""
        return cls.in_a_row(*(cls(one) for one in sentences if one), by=" ")

    @classmethod
    def listed(cls, *things: str) -> Self:
        """List things as people say it: `A, B and C`."""
        if len(things) < 2:  # noqa: PLR2004
            return cls.in_a_row(*things, by="")
        first = cls.in_a_row(*things[:-1], by=", ")
        return cls("{first} and {last}", first=first, last=things[-1])

    @classmethod
    def in_a_row(cls, *parts: str, by: str) -> Self:
        """Put things one after the other, with signs between them that are no words."""
        values = {f"part{place}": one for place, one in enumerate(parts)}
        return cls(by.join(f"{{{name}}}" for name in values), **values)

    def filled(self, values: dict[str, Value]) -> Self:
        """Return the same sentence with other values in the places of its own."""
        pattern = self.pattern if self.number == 1 or not self.many else self.many
        made = self._made(pattern.format_map(values), self.pattern, values)
        made.many, made.number, made.context = self.many, self.number, self.context
        return made

    @classmethod
    def _made(cls, text: str, pattern: str, values: dict[str, Value]) -> Self:
        made = super().__new__(cls, text)
        made.pattern, made.many, made.number, made.context = pattern, "", 0, ""
        made.values = values
        return made
