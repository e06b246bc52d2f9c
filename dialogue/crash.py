"""What is said of an error that nobody foresaw: one sentence, and never a word of anybody's.

Touches: the interpreter's hooks, the last resort of its loggers, stderr, the process's limit on
core files. An error's message and the variables around it may hold notes or names, so only its
class is named, and on request the places in the code that led to it.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePath
from types import TracebackType

DEBUG_VARIABLE = "DIALOGUE_DEBUG"
"""Environment variable that adds the places in the code; still without a message or a value."""


def install() -> None:
    """Keep every uncaught error from printing a traceback, and the system from saving memory."""
    _leave_no_core()
    sys.excepthook = _said
    threading.excepthook = _said_of_thread
    sys.unraisablehook = _said_of_leftover


def guard_loggers() -> None:
    """Let a logger that nobody listens to name the class of an error and print nothing else.

    An event loop, or a future, hands errors of its callbacks to a logger, with the callback's
    arguments and a traceback; by default all of that is printed. To be called by whatever runs a
    loop, and not before: it loads `logging`, for which a short command need not wait.
    """
    import logging  # noqa: PLC0415

    class ClassOnly(logging.Handler):
        """Names the class of a record's error."""

        def emit(self, record: logging.LogRecord) -> None:
            """Say that something went wrong, if it was an error."""
            kind, _error, trace = record.exc_info or (None, None, None)
            if kind is not None:
                _said(kind, None, trace)

    logging.lastResort = ClassOnly(logging.WARNING)


def sentence(kind: type[BaseException]) -> str:
    """Return what is said of an error nobody foresaw."""
    return (
        f"Something went wrong inside the program ({kind.__name__}). What was saved is still "
        f"whole. Please report this; {DEBUG_VARIABLE}=1 adds where in the code it was."
    )


def places(trace: TracebackType | None) -> Iterator[str]:
    """Yield where an error came from, the outermost first, as file, line and function."""
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{PurePath(code.co_filename).name}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def _leave_no_core() -> None:
    """Keep a killed program's memory, with all words in it, from becoming a file."""
    with suppress(ImportError, OSError, ValueError):  # Windows keeps none; a lower limit stays
        import resource  # noqa: PLC0415

        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def _said(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    del error
    lines = [] if issubclass(kind, KeyboardInterrupt) else [sentence(kind)]
    if os.environ.get(DEBUG_VARIABLE):
        lines += [f"  {place}" for place in places(trace)]
    if sys.stderr is not None:
        sys.stderr.writelines(f"{line}\n" for line in lines)


def _said_of_thread(failure: threading.ExceptHookArgs) -> None:
    if not issubclass(failure.exc_type, SystemExit):
        _said(failure.exc_type, None, failure.exc_traceback)


def _said_of_leftover(failure: sys.UnraisableHookArgs) -> None:
    _said(failure.exc_type, None, failure.exc_traceback)
