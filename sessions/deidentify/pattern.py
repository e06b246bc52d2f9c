"""A regular expression that is compiled when it is first asked something.

Pure. A program that imports what looks for identifiers draws its first frame without having
compiled sixty patterns that no text has needed yet.
"""

from __future__ import annotations

import re
from typing import cast


class _Later:
    """A pattern not compiled yet; what it is asked for once, it keeps."""

    def __init__(self, source: str, flags: re.RegexFlag) -> None:
        self._asked = (source, flags)

    def __getattr__(self, name: str) -> object:
        """Return a method of the compiled pattern, and keep it, so that later calls are direct."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(re.compile(*self._asked), name)
        setattr(self, name, found)
        return found


def regex(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return what is asked like a compiled pattern, and is compiled when first asked."""
    return cast("re.Pattern[str]", _Later(source, flags))
