"""All content of this user: what is shipped, and what her settings add to it.

Touches: disk, to read content.
"""

from __future__ import annotations

from agreements.errors import ContentError
from agreements.library import Library, open_library, shipped_folder
from dialogue.config import Config, gate
from dialogue.paths import Places


def open_content(places: Places, config: Config) -> Library:
    """Read the shipped content and the user's own folders, and check the settings against it.

    Raises:
        ContentError: The shipped content or the user's protocol cannot be used, or the settings
            name a language or a rule that there is not.
    """
    shipped = shipped_folder(config.language)
    if not shipped.is_dir():
        there = ", ".join(sorted(one.name for one in shipped.parent.iterdir() if one.is_dir()))
        raise ContentError(
            places.config_file.name,
            f"there is no content in it; choose from {there}",
            key="language",
        )
    library = open_library(gate, config.folders(places), config.language)
    rules = [rule.id for rule in library.protocol.confidentiality]
    if config.confidentiality not in rules:
        raise ContentError(
            places.config_file.name,
            f"there is no such rule; choose from {', '.join(rules)}",
            key="confidentiality",
        )
    return library
