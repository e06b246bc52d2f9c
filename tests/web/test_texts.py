"""What the pages say, and what their files hold: exact promises, plain words, nothing foreign."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markupsafe import escape

import dialogue.answer
import dialogue.caller
import dialogue.web
from dialogue import phrases
from dialogue.web.door import Receipt
from dialogue.web.pages import Pages, PhonePage
from dialogue.web.qr import QUIET_MODULES, draw
from dialogue.web.routes import TABLE
from dialogue.web.strings import FALLBACK, direction, languages, spoken, strings_in
from sessions.payloads import LEVELS, WORDS_LIMIT
from tests.content.spanish import ease
from tests.content.test_shipped_wording import NEVER, grade
from tests.content.test_spanish_wording import FORMAL_OR_FOREIGN, GENDERED
from tests.content.test_spanish_wording import NEVER as NEVER_IN_SPANISH
from tests.web.memory_door import SEAT, MemoryDoor, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(dialogue.web.__file__).parent
FORM = Path(dialogue.answer.__file__).parent
CALLER = Path(dialogue.caller.__file__).parent
PHRASES = Path(phrases.__file__)
"""What is called to the tables has its signs beside its names."""
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

EXACT = {
    "en": (HTTP, TLS, *ALWAYS),
    "es": (
        (
            "Tu nombre, tu dispositivo y la hora no se guardan. Quien maneja o escucha este Wi-Fi "
            "podría leer lo que envías: usa papel o el quiosco si eso te importa."
        ),
        "Tu nombre, tu dispositivo y la hora no se guardan.",
        "Quien te conoce puede reconocer tu historia o tu estilo.",
        "Si el lugar donde trabajas administra tu teléfono, lo puede leer.",
        "Si escriben menos de cinco personas, nadie lee.",
        "Esta no es una vía para denunciar un daño. Para eso: the equity office, extension 100.",
    ),
}
"""The promises word for word, in each language: over plain HTTP, over TLS, and always."""

PACKAGES = ("dialogue.web", "dialogue.prints")
"""Whose texts a room reads: its pages, and what is printed for it."""
FEWEST_WORDS = 8
"""Of a text of fewer words no formula says anything."""

RATHER_EASY = 65
NORMAL = 55
"""On the INFLESZ scale: what a section is at least, and what a single text is."""

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
@pytest.mark.parametrize("tls", [False, True])
def test_each_transport_has_its_exact_promise(language: str, *, tls: bool) -> None:  # promise 26
    """Over plain HTTP and over TLS the page says what is true there, and always what never is."""
    http, over_tls, *always = EXACT[language]
    page = phone_page(tls=tls, language=language)
    assert (
        f'<p class="transport" data-t="promise.transport">{over_tls if tls else http}</p>' in page
    )
    assert (http in page) is not tls
    for sentence in always:
        assert sentence in page
    assert page.index('class="transport"') < page.index("<textarea")


@pytest.mark.parametrize("small_room", [True, False])
def test_a_small_room_is_told(*, small_room: bool) -> None:  # promise 27
    """Five to nine people read that they may recognise each other; more of them do not."""
    page = phone_page(tls=False, small_room=small_room)
    sentence = strings_in("en")["before"]["small_room"]
    assert (f'<p id="small-room" ><b data-t="before.small_room">{sentence}' in page) is small_room


@pytest.mark.parametrize("language", languages())
def test_no_text_promises_too_much(language: str) -> None:  # promise 26
    """No page says that nobody can ever know, in any language we test the words of."""
    for place, text in all_texts(language):
        never = {*NEVER, *NEVER_IN_SPANISH}
        assert [words for words in never if words in text.lower()] == [], place
        assert not re.search(r"100\s?%|an[oó]n[iy]m", text.lower()), place


def sentences(language: str, package: str) -> Iterator[tuple[str, str]]:
    """Yield each section of a package with its sentences, taken together."""
    for section, texts in strings_in(language, package).items():
        told = " ".join(text for text in texts.values() if text.endswith((".", ":")))
        if len(told.split()) >= 2 * FEWEST_WORDS:
            yield section, told


def texts_long_enough(language: str, package: str) -> Iterator[tuple[str, str]]:
    """Yield each text that can be measured, with its place.

    Everybody in the room knows who the facilitator is, so that long word is not counted as long.
    """
    for section, texts in strings_in(language, package).items():
        for key, text in texts.items():
            if len(text.split()) >= FEWEST_WORDS:
                yield f"{section}.{key}", text.replace("facilitator", "leader")


@pytest.mark.parametrize("package", PACKAGES)
def test_texts_read_easily(package: str) -> None:  # promise 26
    """Every section is at most grade 8 in English, and in Spanish rather easy."""
    english, spanish = dict(sentences("en", package)), dict(sentences("es", package))
    assert len(english) >= 6
    assert {place: grade(text) for place, text in english.items() if grade(text) > 8} == {}
    assert {place: ease(text) for place, text in spanish.items() if ease(text) < RATHER_EASY} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_single_text_is_hard(package: str) -> None:  # promise 26
    """None is above grade 8, and none is harder than normal in Spanish."""
    english = dict(texts_long_enough("en", package))
    spanish = dict(texts_long_enough("es", package))
    assert len(english) > 30
    assert {place: grade(text) for place, text in english.items() if grade(text) > 8} == {}
    assert {place: ease(text) for place, text in spanish.items() if ease(text) < NORMAL} == {}


@pytest.mark.parametrize("language", languages())
def test_who_writes_in_a_language_of_few_is_told_first(language: str) -> None:
    """Before the field for words stands how words in a language of few may leave the room."""
    page = phone_page(tls=False, language=language)
    sentence = escape(strings_in(language)["before"]["languages"])
    assert page.index(sentence) < page.index("<textarea")


def test_spanish_speaks_to_one_reader_and_takes_nobody_for_all() -> None:
    """The pages say "tú", and need no sign for a letter and no gender."""
    for place, text in all_texts("es"):
        assert not FORMAL_OR_FOREIGN.search(text), place
        assert not GENDERED.search(text.replace("todas las respuestas", "")), place
        assert text.count("¿") == text.count("?"), place


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
    ours = (*HERE.glob("*.py"), *FORM.glob("*.py"), *CALLER.glob("*.py"), PHRASES)
    sources += "\n".join(path.read_text("utf-8") for path in sorted(ours))
    unused = [place for place, _ in all_texts("en") if not is_used(place, sources)]
    assert unused == []
    scripts = "\n".join(path.read_text("utf-8") for path in STATIC if path.suffix == ".js")
    asked = set(re.findall(r'"([a-z]+\.[a-z_]+)"', scripts))
    asked = {place for place in asked if place.partition(".")[0] in strings_in("en")}
    assert len(asked) > 30
    assert asked - {place for place, _ in all_texts("en")} == set()


def is_used(place: str, sources: str) -> bool:
    """Say whether a text is named in some source, as templates, Python or scripts name it.

    The script makes the names of some texts from others: `late_choice` from `late`. Those of
    levels, kept answers and refusals are made from what happened; see `test_receipts.py`.
    """
    section, key = place.split(".")
    keys = {key, key.removesuffix("_choice")}
    names = [(f"t.{section}.{one}", f'"{one}"', f'"{section}.{one}"') for one in keys]
    return section in ("levels", "kept", "refused") or any(
        name in sources for group in names for name in group
    )


@pytest.mark.parametrize(
    ("tag", "found"),
    [("en", "en"), ("en-GB", "en"), ("es-MX", "es"), ("xx", "en"), ("xx-Latn", "en")],
)
def test_a_page_speaks_the_nearest_language(tag: str, found: str) -> None:
    """A language we do not have, or a kind of one we have, gets the nearest we do."""
    assert spoken(tag) == found


@pytest.mark.parametrize(("tag", "way"), [("en", "ltr"), ("ar", "rtl"), ("fa-IR", "rtl")])
def test_a_language_has_its_direction(tag: str, way: str) -> None:
    """A page is laid out the way its language is written."""
    assert direction(tag) == way


@pytest.mark.parametrize("language", languages())
def test_levels_and_limit_are_those_of_the_record(language: str) -> None:
    """The page offers the levels in the record's order and names the record's limit."""
    said = strings_in(language)
    assert {*LEVELS} <= said["kept"].keys()
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
    assert pages.sentence(Receipt("pausing"), "") == strings_in("en")["receipt"]["pausing"]
    assert pages.sentence(Receipt("failed"), "") == strings_in("en")["receipt"]["failed"]
    assert pages.sentence(Receipt("wrong", "Choose one."), "") == "Choose one."


def test_the_code_of_an_address_is_small_and_has_its_border() -> None:
    """In capitals an address takes 25 modules a side, and four more of white around them."""
    code = draw("http://192.168.1.23:8765")
    assert code.side == 25 + 2 * QUIET_MODULES
    steps = [tuple(map(int, found)) for found in re.findall(r"M(\d+) (\d+)h(\d+)", code.path)]
    assert min(x for x, _, _ in steps) == min(y for _, y, _ in steps) == QUIET_MODULES
    assert max(x + width for x, _, width in steps) == code.side - QUIET_MODULES
