"""The program with clocks that run twenty times as fast: a minute of a session takes three seconds.

Touches: clock. Nothing else of the program is changed, so that a step can be overrun in a test that
nobody wants to wait for: `python tests/benchmarks/quick_program.py`.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from unittest.mock import patch

from dialogue.cli import main
from sessions.boottime import Clock, system_clock

TIMES_AS_FAST = 20


def quick_clock() -> Clock:
    """Return the clocks of this computer, both faster from now on."""
    real = system_clock()
    boot, wall = real.boot(), real.wall()

    def gone() -> float:
        return (real.boot() - boot) * TIMES_AS_FAST

    return Clock(boot=lambda: boot + gone(), wall=lambda: wall + timedelta(seconds=gone()))


if __name__ == "__main__":
    with patch("dialogue.run.system_clock", quick_clock):
        raise SystemExit(main(sys.argv[1:]))
