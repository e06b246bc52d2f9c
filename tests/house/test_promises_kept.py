"""PROMISES.md is true: what it lists as shown has a test that names it, and no page claims more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dialogue.web.strings import languages, strings_in

ROW = re.compile(
    r"^\| (?P<numbers>\d[\d, -]*) \| (?P<promise>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE
)
OVERCLAIMS = re.compile(
    r"100\s?(?:%|per ?cent)[\s-]*(?:anonym|priva|secur|safe)"
    r"|(?:fully|completely|totally|truly|perfectly|guaranteed|absolutely)[\s-]+(?:anonym|secure)"
    r"|untraceable|military[\s-]grade|unbreakable|impossible to (?:trace|identify)",
    re.IGNORECASE,
)

CLAIMS = {
    "promise.http": {1},
    "promise.tls": {1},
    "promise.known": set[int](),  # what can never be promised
    "promise.managed": set[int](),
    "promise.fewer": {3, 27},
    "promise.harm": set[int](),
    "promise.harm_alone": set[int](),
    "before.who_words": {3},
    "before.who_choices": {17},
    "before.next_text": {2, 3},
    "before.kept_text": {1, 24},
    "moments.over_more": {14},
    "receipt.words": {15, 16},
    "withdraw.about": {16},
    "ask.card_about": {14},
}
"""Each sentence of the phone page that says how somebody is protected, and what it leans on."""


def numbers_in(listed: str) -> set[int]:
    """Return the numbers that a cell of the table lists, as `2`, `3, 27` or `29-32`."""
    found: set[int] = set()
    for part in listed.split(","):
        first, _, last = part.strip().partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def shown(page: str) -> dict[int, list[str]]:
    """Return the promises that a page lists as shown, with the places of their tests."""
    found: dict[int, list[str]] = {}
    for row in ROW.finditer(page):
        tests = re.findall(r"`(tests/[^`]+)`", row["tests"])
        for number in numbers_in(row["numbers"]):
            found.setdefault(number, []).extend(tests)
    return found


def named_in(place: Path) -> set[int]:
    """Return the numbers that the tests of a file or folder name."""
    files = place.rglob("test_*.py") if place.is_dir() else [place]
    text = "\n".join(file.read_text("utf-8") for file in files)
    lines = re.findall(r"# (promise \d+(?:, promise \d+)*)", text)
    return {int(number) for line in lines for number in re.findall(r"\d+", line)}


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    """Return the page of promises."""
    return (root / "PROMISES.md").read_text("utf-8")


def test_each_promise_that_is_listed_is_shown(page: str, root: Path) -> None:
    """Where the page says that a promise is shown, a test there names its number."""
    # promise 26
    listed = shown(page)
    assert len(listed) >= 25
    for number, places in listed.items():
        assert all((root / place).exists() for place in places), number
        assert number in set().union(*(named_in(root / place) for place in places)), number


def test_the_phone_page_claims_only_what_is_listed(page: str) -> None:
    """Each sentence that says how somebody is protected leans on promises that are shown."""
    # promise 26
    listed, said = set(shown(page)), strings_in("en")
    assert {f"promise.{key}" for key in said["promise"]} <= set(CLAIMS)
    for place, numbers in CLAIMS.items():
        section, key = place.split(".")
        assert said[section][key], place
        assert numbers <= listed, place


def test_no_public_text_promises_too_much(root: Path) -> None:
    """No page, text of a screen or shipped content says what nobody can promise."""
    # promise 26
    files = [*root.glob("*.md"), *(root / "dialogue").rglob("*.py"), root / "pyproject.toml"]
    files += [*(root / "dialogue" / "web").rglob("*.toml"), *(root / "agreements").rglob("*.toml")]
    files += [
        *(root / "dialogue" / "web").rglob("*.html"),
        *(root / "dialogue" / "web").rglob("*.js"),
    ]
    assert len(files) > 50
    found = [file.name for file in files if OVERCLAIMS.search(file.read_text("utf-8"))]
    assert found == []
    assert languages()


@pytest.mark.parametrize("claim", ["100 % anonymous", "Truly anonymous.", "fully-anonymous"])
def test_a_claim_of_too_much_is_found(claim: str) -> None:
    """A planted claim is found."""
    # promise 26
    assert OVERCLAIMS.search(claim)
