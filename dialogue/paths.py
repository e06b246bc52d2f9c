"""Where the program keeps things: the data folder and the config folder.

Touches: environment (given as a mapping), the system's own folders. Nothing is created here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATA_VARIABLE = "DIALOGUE_DATA_DIR"
"""Environment variable that moves the data folder."""

CONFIG_VARIABLE = "DIALOGUE_CONFIG_DIR"
"""Environment variable that moves the config folder."""

_APP = "dialogue"


@dataclass(frozen=True, slots=True)
class Places:
    """The two folders everything of this user's lives in. Neither need exist yet."""

    data: Path
    """Sessions, and rehearsals beside them."""
    config: Path
    """`config.toml`, the user's own content, and keys."""

    @property
    def config_file(self) -> Path:
        """The settings file."""
        return self.config / "config.toml"

    @property
    def content(self) -> Path:
        """The user's own plans and prompts, laid out like the shipped content."""
        return self.config / "content"


def find_places(data_dir: str | None, env: Mapping[str, str]) -> Places:
    """Return the folders to use, as absolute paths.

    Args:
        data_dir: What `--data-dir` said; it wins over the environment.
        env: The environment. An empty variable counts as one that is not set.
    """
    data = data_dir or env.get(DATA_VARIABLE)
    config = env.get(CONFIG_VARIABLE)
    return Places(
        data=_absolute(data) if data else _default("data"),
        config=_absolute(config) if config else _default("config"),
    )


def _absolute(text: str) -> Path:
    return absolute_below(Path.cwd(), text)


def absolute_below(base: Path, text: str) -> Path:
    """Return a path as people write it, with `~` for the home, taken from a base folder."""
    path = Path(text)
    if path.parts[:1] == ("~",):
        path = Path.home().joinpath(*path.parts[1:])
    return base / path


def _default(kind: str) -> Path:
    # Costly, and not needed by a program that is told where to go.
    import platformdirs  # noqa: PLC0415

    # Without an author, and never roaming: a roaming folder is copied to a server.
    if kind == "data":
        return Path(platformdirs.user_data_dir(_APP, appauthor=False))
    return Path(platformdirs.user_config_dir(_APP, appauthor=False))
