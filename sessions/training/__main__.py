"""Trains the name model: `python -m sessions.training --names FOLDER --words FILE… --out FILE`.

Touches: disk, to write the model, and what `looks` touches. Chance comes from a seed: the same
lists, the same seed and the same scikit-learn give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sessions.training.looks import Asked, trained
from sessions.training.notes import read_rooms


def main() -> None:
    """Read, make, fit and write."""
    parser = argparse.ArgumentParser(prog="python -m sessions.training", description=main.__doc__)
    parser.add_argument("--names", type=Path, required=True, help="folder of the published lists")
    parser.add_argument("--words", type=Path, nargs="+", required=True, help="dictionary words")
    parser.add_argument("--towns", type=Path, required=True, help="towns of GeoNames, in JSON")
    parser.add_argument("--wordnet", type=Path, required=True, help="folder of WordNet's files")
    parser.add_argument("--used", type=Path, required=True, help="folder of spaCy's tables")
    parser.add_argument("--out", type=Path, required=True, help="the model file to write")
    parser.add_argument("--seed", type=int, default=20, help="for the same bytes again")
    parser.add_argument("--rounds", type=int, default=20, help="how often a template is filled")
    parser.add_argument("--notes", type=int, default=10, help="how often a note is varied")
    given = vars(parser.parse_args())
    out: Path = given.pop("out")
    out.write_bytes(trained(Asked(**given), read_rooms()))


if __name__ == "__main__":
    main()
