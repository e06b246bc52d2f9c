"""A terminal of tmux that is driven as a person would: real keys, and the screen as tmux drew it.

Touches: clock, processes. The server is ours alone: it has a socket of its own, reads no settings,
and is ended with all that runs in it.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

COLUMNS, ROWS = 80, 24
PATIENCE_SECONDS = 15.0
LOOK_SECONDS = 0.05
HAND_SECONDS = 0.3
SETTLED_SECONDS = 0.5
DRAWN = dict.fromkeys(map(ord, "▁▂▃▄▅▆▇▏▕"), " ")
"""What draws scroll bars and the lines between columns: they stand between no two words."""


class NotShownError(Exception):
    """What was waited for did not come; the message is the screen."""


class Tmux:
    """One window of 80 by 24 with a shell in it."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        """Start the server.

        Args:
            folder: Where its socket goes.
            environment: All variables that the shell sees.
        """
        self._socket = folder / "tmux"
        self._environment = dict(environment)
        size = ("-x", str(COLUMNS), "-y", str(ROWS))
        self._tell("-f", "/dev/null", "new-session", "-d", *size, "sh")
        self._tell("set-option", "-g", "escape-time", "0")

    def __enter__(self) -> Self:
        """Return the window."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """End the server with all that runs in it."""
        self._tell("kill-server")

    def press(self, key: str, *shown: str) -> None:
        """Press one key, as tmux names it, and wait until the screen says what is expected.

        Where nothing is expected, wait as long as a hand needs to the next key.
        """
        self._tell("send-keys", key)
        if not shown:
            time.sleep(HAND_SECONDS)
        self.until_shown(*shown)

    def write(self, text: str, *shown: str) -> None:
        """Type some text, and wait until it stands on the screen, or what is expected does."""
        self._tell("send-keys", "-l", text)
        self.until_shown(*(shown or (text,)))

    def paste(self, text: str) -> None:
        """Paste some text, as from another window."""
        self._tell("set-buffer", text)
        self._tell("paste-buffer", "-p", "-d")

    @property
    def words(self) -> str:
        """What stands on the screen as one line, so that wrapping breaks no sentence."""
        return " ".join(self._tell("capture-pane", "-p").translate(DRAWN).split())

    @property
    def history(self) -> str:
        """All that a person can scroll back to."""
        return self._tell("capture-pane", "-p", "-S", "-")

    def settle(self) -> None:
        """Wait until the screen has been the same for as long as a person needs to read it."""
        before, now = "", self.words
        while now != before:
            time.sleep(SETTLED_SECONDS)
            before, now = now, self.words

    def until_shown(self, *words: str) -> None:
        """Wait until all words stand on the screen."""
        self.until(lambda: all(word in self.words for word in words), f"missing: {words}")

    def until(self, condition: Callable[[], bool], missing: str) -> None:
        """Wait until something is so.

        Raises:
            NotShownError: It did not come about in time.
        """
        until = time.perf_counter() + PATIENCE_SECONDS
        while not condition():
            if time.perf_counter() > until:
                screen = self._tell("capture-pane", "-p")
                raise NotShownError(f"{missing}\n{screen}")
            time.sleep(LOOK_SECONDS)

    def _tell(self, *arguments: str) -> str:
        command = ("tmux", "-u", "-S", str(self._socket), *arguments)
        done = subprocess.run(
            command, env=self._environment, check=True, capture_output=True, text=True
        )
        return done.stdout
