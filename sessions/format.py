"""What tells a record's file from any other, and which version of the format is written now.

Pure.
"""

from __future__ import annotations

from typing import Literal

FORMAT: Literal["dialogue-session"] = "dialogue-session"
VERSION: Literal[1] = 1
