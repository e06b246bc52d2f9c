"""What every command is given, and the kinds of argument they share.

Touches: environment; the data and content folders, to complete a word in the shell. Imports
nothing heavy, because `dialogue --version` pays for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

from dialogue.paths import Places, find_places
from sessions.text import visible

if TYPE_CHECKING:
    from pathlib import Path

    from agreements.library import Library
    from dialogue.config import Config
    from dialogue.web.tls import Tls

_Command = TypeVar("_Command", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Shell:
    """What was said before the command, and what follows from it when a command asks."""

    data_dir: str | None = None
    tls_cert: str = ""
    tls_key: str = ""
    tls_name: str = ""

    def places(self) -> Places:
        """Return the folders to use."""
        return find_places(self.data_dir, os.environ)

    def config(self) -> Config:
        """Return the settings.

        Raises:
            ContentError: The settings file cannot be used.
        """
        from dialogue.config import read_config  # noqa: PLC0415

        return read_config(self.places())

    def library(self) -> Library:
        """Return all content.

        Raises:
            ContentError: The settings or the shipped content cannot be used.
        """
        from dialogue.content import open_content  # noqa: PLC0415

        return open_content(self.places(), self.config())

    def tls(self, cert: str = "", key: str = "", name: str = "") -> Tls | None:
        """Return the certificate to serve phones with; None to serve them without TLS.

        Args:
            cert: What was said after the command; it wins over what was said before it.
            key: The same.
            name: The same.

        Raises:
            click.UsageError: What was said cannot be done.
            ContentError: The settings cannot be used.
        """
        from dialogue.certificate import TlsOptionError, TlsOptions, tls_of  # noqa: PLC0415

        pair = (cert, key) if cert or key else (self.tls_cert, self.tls_key)
        try:
            options = TlsOptions(*pair, name or self.tls_name)
            return tls_of(options, self.config(), self.places())
        except TlsOptionError as error:
            raise click.UsageError(error.sentence) from None


def tls_options(command: _Command) -> _Command:
    """Give a command the options that say how phones are served over TLS."""
    for name, metavar, text in reversed(_TLS_OPTIONS):
        option = click.option(name, metavar=metavar, default="", show_default=False, help=text)
        command = option(command)
    return command


_TLS_OPTIONS = (
    ("--tls-cert", "FILE", "Serve phones over TLS with this certificate (PEM)."),
    ("--tls-key", "FILE", "The key of the certificate (PEM, without a password)."),
    ("--tls-name", "HOST", "The name phones use, when the certificate leaves it open."),
)

pass_shell = click.make_pass_decorator(Shell, ensure=True)


class ClockTime(click.ParamType[str]):
    """A time of day, `HH:MM`."""

    name = "HH:MM"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the time with two digits for the hour."""
        from sessions.daytime import time_of_day  # noqa: PLC0415
        from sessions.errors import CommandRefusedError  # noqa: PLC0415

        try:
            minutes = time_of_day(value) // 60
        except CommandRefusedError:
            self.fail(
                f"{visible(value)} is not a time of day. Write it as HH:MM, such as 13:00.",
                param,
                ctx,
            )
        return f"{minutes // 60:02}:{minutes % 60:02}"


class Heads(click.ParamType[int]):
    """A number of people that can be in one session."""

    name = "N"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number."""
        from sessions.errors import CommandRefusedError  # noqa: PLC0415
        from sessions.heads import refuse_heads  # noqa: PLC0415

        text = str(value)
        if not re.fullmatch(r"-?[0-9]{1,9}", text, re.ASCII):
            self.fail(f"{visible(text)} is not a number of people, such as 24.", param, ctx)
        try:
            refuse_heads(int(text))
        except CommandRefusedError as error:
            self.fail(error.sentence, param, ctx)
        return int(text)


def complete_plan(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Return the ids of plans that begin so, by the names of their files."""
    from agreements.library import shipped_folder  # noqa: PLC0415

    folders = (shipped_folder(), _places_of(ctx).content)
    names = {path.stem for folder in folders for path in _listed(folder / "plans", ".toml")}
    return _fitting(names, incomplete)


def complete_session(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Return the names of sessions that begin so."""
    folder = _places_of(ctx).data / "sessions"
    return _fitting((path.name for path in _listed(folder, "")), incomplete)


def _places_of(ctx: click.Context) -> Places:
    data_dir = ctx.find_root().params.get("data_dir")
    return find_places(data_dir, os.environ)


def _listed(folder: Path, ending: str) -> Iterator[Path]:
    try:
        yield from (path for path in folder.iterdir() if path.name.endswith(ending))
    except OSError:
        # A word that cannot be completed is typed by hand; nothing is said into the prompt.
        return


def _fitting(names: Iterable[str], incomplete: str) -> list[str]:
    """Return the names that begin so and hold nothing that a shell would obey."""
    return sorted(
        name for name in names if name.startswith(incomplete) and re.fullmatch(r"[\w.-]+", name)
    )
