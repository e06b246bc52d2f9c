"""What the pages say, and what their files hold: exact promises, plain words, nothing foreign."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dialogue.answer
import dialogue.caller
import dialogue.web
from dialogue.web.door import Receipt
from dialogue.web.pages import Pages, PhonePage
from dialogue.web.qr import QUIET_MODULES, draw
from dialogue.web.routes import TABLE
from dialogue.web.strings import FALLBACK, direction, languages, spoken, strings_in
from sessions.payloads import LEVELS, WORDS_LIMIT
from tests.content.test_shipped_wording import NEVER, grade
from tests.web.memory_door import SEAT, MemoryDoor, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(dialogue.web.__file__).parent
FORM = Path(dialogue.answer.__file__).parent
CALLER = Path(dialogue.caller.__file__).parent
STATIC = tuple(sorted((HERE / "static").iterdir()))
TEMPLATES = tuple(sorted((HERE / "templates").iterdir()))

HTTP = (
    "Your name, device and time are not kept. Whoever runs or listens to this Wi-Fi could read "
    "what you send: use paper or the kiosk if that matters."
)
TLS = "Your name, device and time are not kept."
ALWAYS = (
    "People who know you may recognise your story or style.",
    "A phone managed by your employer can be read by it.",
    "Fewer than five writers means nobody reads.",
    "This is not a way to report harm. For that: the equity office, extension 100.",
)

SVG_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
"""The one address in an asset: the name of a format, which nobody fetches."""


def all_texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a language with its place."""
    for section, texts in strings_in(language).items():
        for key, text in texts.items():
            yield f"{section}.{key}", text


def phone_page(*, tls: bool, small_room: bool = False, language: str = "en") -> str:
    """Return the phone page of a room with an open sheet."""
    sheet = sheet_of("words", "choice", small_room=small_room)
    door = MemoryDoor()
    door.shown = replace(door.shown, sheet=sheet, language=language)
    pages = Pages(door, url="http://192.0.2.7:8765", tls=tls)
    page = pages.phone(PhonePage(SEAT, ask=sheet.asks[0], token="t" * 64)).decode()
    return page.partition("<template")[0]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("tls", "transport"), [(False, HTTP), (True, TLS)])
def test_each_transport_has_its_exact_promise(
    language: str, transport: str, *, tls: bool
) -> None:  # promise 26
    """Over plain HTTP and over TLS the page says what is true there, and always what never is."""
    page = phone_page(tls=tls, language=language)
    said = strings_in(language)["promise"]
    assert f'<p class="transport">{said["tls" if tls else "http"]}</p>' in page
    if language == FALLBACK:
        assert said["tls" if tls else "http"] == transport
        for sentence in ALWAYS:
            assert sentence in page
    assert page.index('class="transport"') < page.index("<textarea")


@pytest.mark.parametrize("small_room", [True, False])
def test_a_small_room_is_told(*, small_room: bool) -> None:  # promise 27
    """Five to nine people read that they may recognise each other; more of them do not."""
    page = phone_page(tls=False, small_room=small_room)
    sentence = strings_in("en")["before"]["small_room"]
    assert (f'<p id="small-room" ><b>{sentence}' in page) is small_room


@pytest.mark.parametrize("language", languages())
def test_no_text_promises_too_much(language: str) -> None:  # promise 26
    """No page says that nobody can ever know, in any language we test the words of."""
    for place, text in all_texts(language):
        assert [words for words in NEVER if words in text.lower()] == [], place
        assert not re.search(r"100\s?%|anonym", text.lower()), place


def test_texts_read_easily() -> None:  # promise 26
    """What stands where people write, taken together, is at most grade 8; so is all the rest."""
    said = strings_in("en")
    for section in ("before", "promise", "receipt", "says", "moments", "terminal", "seat"):
        texts = " ".join(text for text in said[section].values() if text.endswith((".", ":")))
        assert grade(texts) <= 8, section


def test_every_language_has_the_same_texts() -> None:
    """A text that is missing in one language, or has another gap to fill in, is found here."""
    gaps = {
        language: {place: set(re.findall(r"\{\w+\}", text)) for place, text in all_texts(language)}
        for language in languages()
    }
    assert all(found == gaps[FALLBACK] for found in gaps.values())


def test_every_text_is_used() -> None:
    """No text is left over that no page shows, and none is asked for that there is not."""
    sources = "\n".join(path.read_text("utf-8") for path in (*STATIC, *TEMPLATES))
    ours = (*HERE.glob("*.py"), *FORM.glob("*.py"), *CALLER.glob("*.py"))
    sources += "\n".join(path.read_text("utf-8") for path in sorted(ours))
    unused = [place for place, _ in all_texts("en") if not is_used(place, sources)]
    assert unused == []
    asked = set(re.findall(r'says\(\s*"([a-z_-]+)"', sources))
    places = [place for place, _ in all_texts("en")]
    known = {re.sub("^(receipt|seat)[.]", r"\1-", one).removeprefix("says.") for one in places}
    assert asked - known == {"card-when", "card-where", "withdrawn", "care"}


def is_used(place: str, sources: str) -> bool:
    """Say whether a text is named in some source, as templates, Python or scripts name it.

    The script makes the names of some texts from others: `late_choice` from `late`.
    """
    section, key = place.split(".")
    keys = {key, key.removesuffix("_choice")}
    names = [(f"t.{section}.{one}", f'"{one}"', f'"{section}-{one}"') for one in keys]
    return section == "levels" or any(name in sources for group in names for name in group)


@pytest.mark.parametrize(
    ("tag", "found"), [("en", "en"), ("en-GB", "en"), ("xx", "en"), ("xx-Latn", "en")]
)
def test_a_page_speaks_the_nearest_language(tag: str, found: str) -> None:
    """A language we do not have, or a kind of one we have, gets the nearest we do."""
    assert spoken(tag) == found


@pytest.mark.parametrize(("tag", "way"), [("en", "ltr"), ("ar", "rtl"), ("fa-IR", "rtl")])
def test_a_language_has_its_direction(tag: str, way: str) -> None:
    """A page is laid out the way its language is written."""
    assert direction(tag) == way


def test_levels_and_limit_are_those_of_the_record() -> None:
    """The page offers the levels in the record's order and names the record's limit."""
    said = strings_in("en")
    assert tuple(said["levels"])[1:] == LEVELS
    assert f"{WORDS_LIMIT:,}" in said["ask"]["limit"]
    assert f"{WORDS_LIMIT:,}" in said["says"]["count"]


@pytest.mark.parametrize("path", [*STATIC, *TEMPLATES], ids=lambda path: path.name)
def test_assets_name_no_other_place(path: Path) -> None:  # promise 13
    """No asset and no template holds an address: a page can load nothing but what is ours."""
    text = path.read_text("utf-8").replace(SVG_NAMESPACE, "")
    assert re.findall(r"https?:|//[a-z0-9-]+\.[a-z]", text) == []
    assert re.findall(r"@import|url\(|sourceMappingURL", text) == []


@pytest.mark.parametrize("path", [*STATIC, *TEMPLATES], ids=lambda path: path.name)
def test_assets_never_make_markup_of_words(path: Path) -> None:  # promise 32
    """No script writes HTML, none runs text as code, and no template lets anything through."""
    text = path.read_text("utf-8")
    never = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|srcdoc"
    assert re.findall(never, text) == []
    assert re.findall(r"\|\s*safe\b|autoescape|javascript:|\son[a-z]+=|\sstyle=", text) == []


@pytest.mark.parametrize("path", STATIC, ids=lambda path: path.name)
def test_scripts_keep_nothing(path: Path) -> None:  # promise 14
    """No script names a place where a browser keeps something."""
    never = r"localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b|serviceWorker"
    assert re.findall(never, path.read_text("utf-8")) == []


def test_what_is_sent_is_what_is_shipped() -> None:
    """Each file of the folder has its route, and each asset's route its file."""
    routes = {path.removeprefix("/") for _, path in TABLE if "." in path}
    assert routes == {path.name for path in STATIC}
    assert files("dialogue.web").joinpath("static").is_dir()


def test_a_reason_is_in_the_pages_words() -> None:
    """What a form without script says of an answer that was not kept comes from the texts."""
    pages = Pages(MemoryDoor(), url="http://192.0.2.7:8765", tls=False)
    assert pages.sentence(Receipt("pausing")) == strings_in("en")["receipt"]["pausing"]
    assert pages.sentence(Receipt("failed")) == strings_in("en")["receipt"]["failed"]
    assert pages.sentence(Receipt("wrong", "Choose one.")) == "Choose one."


def test_the_code_of_an_address_is_small_and_has_its_border() -> None:
    """In capitals an address takes 25 modules a side, and four more of white around them."""
    code = draw("http://192.168.1.23:8765")
    assert code.side == 25 + 2 * QUIET_MODULES
    steps = [tuple(map(int, found)) for found in re.findall(r"M(\d+) (\d+)h(\d+)", code.path)]
    assert min(x for x, _, _ in steps) == min(y for _, y, _ in steps) == QUIET_MODULES
    assert max(x + width for x, _, width in steps) == code.side - QUIET_MODULES
