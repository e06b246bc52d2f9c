"""The settings: an organisation's defaults, read from `config.toml` in the config folder.

Touches: disk, to read that one file. Every setting has a default, so the file may be missing or
hold one line. A key that is not known here is an error with a place, never ignored.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, field_validator

from agreements.errors import ContentError
from agreements.load import load
from agreements.model import ContentModel, Id, Language
from dialogue.paths import Places, absolute_below
from sessions.heads import MOST_HEADS
from sessions.text import NAME_LIMIT, NOTE_LIMIT, one_line

Role = Annotated[str, StringConstraints(max_length=NAME_LIMIT)]
"""A role, an office or a phone number; never somebody's private details."""


class Config(ContentModel):
    """What is used unless a session chooses otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    language: Language = "en"
    """The language of content and pages, as a tag: `en`, or `es` for Spanish."""
    screens: Literal["", "en", "es"] = ""
    """The language of the facilitator's own screens, `en` or `es`; else that of `language`.

    When neither is said it is that of the environment, if the screens speak it, or English."""
    modality: Literal["in-person", "online", "mixed"] = "in-person"
    """How people meet."""
    heads: Annotated[int, Field(ge=1, le=MOST_HEADS)] = 12
    """How many people are expected when nobody says."""
    confidentiality: Id = "stories-stay"
    """The rule for what may leave the room, by its id in the protocol."""
    retention_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """After so many days the words of a session are due to be deleted."""
    care_contact: Role = ""
    """Who looks after people afterwards: a role, not a person."""
    reporting_contact: Role = ""
    """Where harm is reported: a role, not a person."""
    theme: Literal["dark", "light", "system"] = "dark"
    """The colours of the screen; `system` takes those of the terminal."""
    sound: Literal["silent", "soft"] = "silent"
    """Whether a cue of turns is heard; `soft` rings the terminal's own bell once."""
    signs: Literal["auto", "all", "ascii"] = "auto"
    """Which signs the screen draws frames, bars and marks with.

    `auto` takes ASCII where the terminal may lack ours, `ascii` always and `all` never; with an
    encoding other than UTF-8 it is ASCII whatever stands here."""
    tls_cert: str = ""
    """A certificate as a PEM file, to serve phones over TLS; with `tls_key`.

    A path without a beginning is taken from the config folder, here and for the key."""
    tls_key: str = ""
    """The key of that certificate as a PEM file, without a password."""
    tls_name: str = ""
    """The name by which phones reach this computer, when the certificate leaves it open."""
    content_folders: tuple[str, ...] = ()
    """More folders with content, such as a team's; a later one wins over an earlier one.

    A path without a beginning is taken from the config folder. The folder `content` there is
    always read, and last."""
    keys: dict[str, str] = Field(default_factory=dict)
    """Other keys for commands, as `command = "key"`; the help page lists the commands."""

    @field_validator("content_folders")
    @classmethod
    def _each_folder_named(cls, folders: tuple[str, ...]) -> tuple[str, ...]:
        if not all(folders):
            message = "a folder has no name; take the empty text out"
            raise ValueError(message)
        return folders

    @field_validator("keys")
    @classmethod
    def _one_key_each(cls, keys: dict[str, str]) -> dict[str, str]:
        for command, key in keys.items():
            if not key or " " in key:
                message = f"{command} needs the name of one key, such as “n” or “ctrl+n”"
                raise ValueError(message)
        return keys

    @property
    def screen_language(self) -> str:
        """The language that was chosen for the screens; empty when none was."""
        return self.screens or (self.language if "language" in self.model_fields_set else "")

    def folders(self, places: Places) -> tuple[Path, ...]:
        """Return the folders of the user's own content, the one that wins last."""
        named = (absolute_below(places.config, one) for one in self.content_folders)
        return (*named, places.content)


def gate(text: str) -> str:
    """Clean a string from a settings or content file: one line, as long as any model allows."""
    return one_line(text, NOTE_LIMIT)


def read_config(places: Places) -> Config:
    """Return the settings; the defaults when there is no file.

    Raises:
        ContentError: The file cannot be read, or something in it does not fit; with file, line
            and key.
    """
    try:
        return load(Config, places.config_file, gate)
    except ContentError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return Config()
        raise
