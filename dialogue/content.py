"""All content of this user: what is shipped, and what her settings add to it.

Touches: disk, to read content.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from agreements.errors import ContentError
from agreements.library import (
    PROTOCOL_NAME,
    Library,
    open_library,
    shipped_language,
    shipped_languages,
)
from agreements.plan import Plan
from agreements.reader import Reader
from dialogue.config import Config, gate
from dialogue.paths import Places
from dialogue.phrases import languages


def chosen_rule(library: Library, plan: Plan, config: Config) -> str:
    """Return the confidentiality rule to begin with: the plan's own, else the configured one.

    Either may name a rule that the protocol does not have, as when a file of the user's was left
    out; then the protocol's first stands in.
    """
    there = [rule.id for rule in library.protocol.confidentiality]
    wanted = (plan.confidentiality, config.confidentiality)
    return next((rule for rule in wanted if rule in there), there[0])


def open_content(places: Places, config: Config) -> Library:
    """Read the shipped content and the user's own folders, and check the settings against it.

    Raises:
        ContentError: The shipped content cannot be used, or the settings name a language or a
            rule that there is not.
    """
    language = shipped_language(config.language)
    if not language:
        raise ContentError(
            places.config_file.name,
            f"there is no content in that language; choose from {', '.join(shipped_languages())}",
            key="language",
        )
    library = open_library(gate, config.folders(places), language)
    rules = [rule.id for rule in library.protocol.confidentiality]
    if config.confidentiality not in rules:
        unknown = ContentError(
            places.config_file.name,
            f"there is no such rule; choose from {', '.join(rules)}",
            key="confidentiality",
        )
        if not any(problem.file == PROTOCOL_NAME for problem in library.problems):
            raise unknown
        # It may stand in the protocol that was left out, and that keeps no session from starting.
        library.problems.append(unknown)
    return library


@cache
def reader_of(language: str) -> Reader | None:
    """Return who reads a language that pages and content are shipped in; nobody for another."""
    there = language in languages() and language in shipped_languages()
    return Reader(language, _shelves()) if there else None


@cache
def _shelves() -> Mapping[str, Library]:
    return {one: open_library(gate, language=one) for one in shipped_languages()}
