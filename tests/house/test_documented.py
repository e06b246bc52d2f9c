from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialogue import cli
from dialogue.config import Config, read_config
from dialogue.content import open_content
from dialogue.exits import ExitCode
from dialogue.paths import Places
from dialogue.tui.command import Command
from dialogue.tui.commands import CATALOGUE, key_problems
from dialogue.wording import name_keys
from sessions.export.registry import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.house.conftest import Source

VARIABLE = re.compile(r"(?<![A-Z_])DIALOGUE_[A-Z_]+")

TOML_BLOCK = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)

Named = tuple[str, click.Command]


def commands() -> list[Named]:
    """Return every command with its full name, the program itself first."""
    return list(walk("dialogue", cli.cli))


def walk(name: str, command: click.Command) -> Iterator[Named]:
    """Yield a command and all below it, loading those that load late."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from walk(f"{name} {child}", found)


def is_named(name: str, pages: str) -> bool:
    """Say whether a name stands in the pages, and not only as a part of a longer one."""
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", pages) is not None


def row(command: Command) -> str:
    """Return the row of a table that documents a command of the screens."""
    return f"| `{command.shown_key}` | `{command.id}` | {command.shown_help} |"


def test_every_command_is_in_the_pages(pages: str) -> None:
    """Each command and subcommand is named in full, as one would type it."""
    assert [name for name, _ in commands() if not is_named(name, pages)] == []


def test_every_option_is_in_the_pages(pages: str) -> None:
    """Each long option of each command is named."""
    options = {
        (name, option)
        for name, command in commands()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    }
    assert sorted(one for one in options if not is_named(one[1], pages)) == []


def test_every_command_has_help() -> None:
    """`--help` says of each command and each option what it does."""
    mute = [name for name, command in commands() if not (command.help or "").strip()]
    mute += [
        f"{name} {parameter.opts[0]}"
        for name, command in commands()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden and not parameter.help
    ]
    assert mute == []


def test_every_key_is_in_the_pages(pages: str) -> None:
    """Each command of the screens has a row: its key, the id that remaps it, and its sentence."""
    rows = set(pages.splitlines())
    name_keys({one.id: one.shown_key for one in CATALOGUE})
    missing = [wanted for command in CATALOGUE if (wanted := row(command)) not in rows]
    assert missing == [], "add these rows:\n" + "\n".join(missing)


def test_every_setting_is_in_the_pages(pages: str) -> None:
    """Each setting of the config file is named as it is written there."""
    assert [name for name in Config.model_fields if f"`{name}`" not in pages] == []


def test_the_example_of_the_settings_can_be_used(tmp_path: Path) -> None:
    """The block of TOML in the README is read as it stands, and none of its keys is refused."""
    readme = Path(__file__).parents[2] / "README.md"
    (example,) = TOML_BLOCK.findall(readme.read_text("utf-8"))
    places = Places(data=tmp_path / "data", config=tmp_path)
    places.config_file.write_text(example, "utf-8")
    config = read_config(places)
    assert config.keys
    assert list(key_problems(config.keys)) == []
    assert open_content(places, config).problems == []


def test_every_variable_is_in_the_pages(sources: tuple[Source, ...], pages: str) -> None:
    """Each variable of the environment that the program reads is named."""
    read = {name for source in sources for name in VARIABLE.findall(source.text)}
    assert sorted(name for name in read if not is_named(name, pages)) == []


def test_every_format_is_in_the_pages(pages: str) -> None:
    """Each format of an export is named as it is asked for."""
    assert FORMATS
    assert [name for name in FORMATS if f"`{name}`" not in pages] == []


def test_every_exit_code_is_in_the_pages(pages: str) -> None:
    """Each exit code is the first cell of a row that says what it means."""
    cells = {match.strip("` ") for match in re.findall(r"^\|([^|]+)\|", pages, re.MULTILINE)}
    assert [int(code) for code in ExitCode if str(int(code)) not in cells] == []


def test_a_part_of_a_longer_name_does_not_count() -> None:
    """`dialogue plan` is not documented by a page that only has `dialogue plans`."""
    assert not is_named("dialogue plan", "`dialogue plans` and `--json-lines`")
    assert not is_named("--json", "`--json-lines`")
    assert is_named("--json", "`dialogue plans [--json]`")
