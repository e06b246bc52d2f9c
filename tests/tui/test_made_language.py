"""The screens in a language nobody speaks, and in Spanish: no word stays English, none is cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

import dialogue.phrases
import dialogue.tui.dialogs.room
import dialogue.tui.screens.caring
import dialogue.tui.widgets.room_card
from dialogue.config import Config
from dialogue.content import open_content
from dialogue.phrases import strings_in
from dialogue.tui.app import DialogueApp
from dialogue.tui.commands import CATALOGUE
from dialogue.tui.dialogs.agreements import AgreementsDialog
from dialogue.tui.dialogs.debrief import DebriefDialog
from dialogue.tui.dialogs.harm import HarmDialog
from dialogue.tui.dialogs.help import HelpDialog
from dialogue.tui.dialogs.late import LateDialog
from dialogue.tui.dialogs.moves import MovesDialog
from dialogue.tui.dialogs.room import RoomDialog
from dialogue.tui.dialogs.tally import TallyDialog
from dialogue.tui.draft import Draft
from dialogue.tui.palette import Palette
from dialogue.tui.screens.summary import SummaryScreen
from dialogue.tui.widgets.run_of_show import RunOfShow
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.topbar import TopBar
from dialogue.wording import language_of, screen_languages, use
from sessions.export.registry import FORMATS
from sessions.saver import SaveStatus
from tests.tui.conftest import LUNCH, SMALL, Stage, two_minutes_behind
from tests.tui.made_language import accented, left_in_english, library_in_it, speak
from tests.tui.test_screens import cut, in_a_scroll, screen_name

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Open, Snap

SPANISH = Config(screens="es")
GIVES_WAY = (RunOfShow, TopBar)
"""What shows as much of a title as there is room for."""
NOT_WORDS = ("dialogue", "ctrl+p", "^", "Tab", *FORMATS)
IN_ENGLISH = ("doctor", "print", "seats")
"""Names of commands, which are typed as they are."""

SEEN = frozenset(
    {"HomeScreen", "PrepareScreen", "LiveScreen", "ReviewScreen", "CloseScreen", "SummaryScreen"}
    | {"AgreementsDialog", "AnswersDialog", "ExportDialog", "HarmDialog", "HelpDialog"}
    | {"MovesDialog", "DebriefDialog", "LateDialog", "Palette", "RoomDialog", "TallyDialog"}
)
FOOTERS = {
    "home": "enter abrir  q salir  ? teclas",
    "prepare": "^g empezar  ^r 12 · 24 · 40  ^t teléfonos  esc volver  f1 teclas",
    "live": "t nota  espacio pausa  n sigue  + − minuto  1-4 acuerdo  u deshacer  ? teclas",
    "review": "t nota  u deshacer  supr tachar  b volver  n cerrar  T temas  ? teclas",
    "close": "t nota  o puerta abierta  u deshacer  b volver  c cerrar  ? teclas",
    "summary": "d repaso  e exportar  tab edición  esc inicio  T temas  ? teclas",
}

HELP_CELLS = 61
"""So much room help has beside a key."""

Look = Callable[[Stage], None]


async def through_all(stage: Stage, look: Look) -> None:
    """Go from Home to Summary and open on the way what each screen can open."""
    look(stage)
    await see(stage, look, "?", HelpDialog)
    await see(stage, look, "ctrl+p", Palette)
    await stage.mark(f"plan:{LUNCH}")
    look(stage)
    await stage.press("enter")
    await stage.until(lambda: screen_name(stage) == "prepare")
    look(stage)
    await see(stage, look, "f1", HelpDialog)
    await stage.press("ctrl+r")
    look(stage)
    await stage.press("escape")
    await stage.type("24")
    await stage.press("ctrl+g")
    await stage.until(lambda: screen_name(stage) == "live")
    await through_live(stage, look)
    for name, keys in (("review", "r"), ("close", "n"), ("summary", "cy")):
        await stage.press(*keys)
        await stage.until(lambda name=name: screen_name(stage) == name)
        look(stage)
        await see(stage, look, "?", HelpDialog)
        if name == "review":
            await stage.press("P")
            look(stage)
    if stage.app.wall.sees:
        await stage.press("d")
        look(stage)
    await see(stage, look, "d", DebriefDialog)
    await stage.press("e")
    look(stage)


async def through_live(stage: Stage, look: Look) -> None:
    """Go through a session, on the wall first and then alone, behind and ahead of its time."""
    look(stage)
    await stage.press("P")
    look(stage)
    for key, dialog in (
        ("?", HelpDialog),
        ("0", AgreementsDialog),
        ("m", MovesDialog),
        ("L", LateDialog),
        ("h", HarmDialog),
        ("v", RoomDialog),
    ):
        await see(stage, look, key, dialog)
    await stage.press("P")  # the room view has said that the wall sees it
    for keys in (
        "n",
        "n",
        "k",
        "c",
        "3",
        "+",
        "u",
        "i",
        "F",
        "R",
        "R",
        "S",
        "t",
        "escape",
        "j",
        "y",
        "escape",
        "C",
        "l",
    ):
        await stage.press(*([keys] if keys == "escape" else keys))
        look(stage)
    await stage.enter("t", "¡¡¡")
    look(stage)
    await stage.enter("e", "13:10")
    look(stage)
    for _ in range(8):
        await stage.pass_time(900)
        look(stage)
        await stage.press("space")
        look(stage)
        await stage.press("space", "n")
        look(stage)
    await see(stage, look, "x", TallyDialog, "2", "2", "-")


async def see(stage: Stage, look: Look, key: str, dialog: type[Screen[Any]], *keys: str) -> None:
    """Open a window, look at it, and leave it."""
    await stage.press(key)
    await stage.until(lambda: isinstance(stage.app.screen, dialog))
    look(stage)
    for one in keys:
        await stage.press(one)
        look(stage)
    await stage.press("space" if dialog is HarmDialog else "escape")
    await stage.until(lambda: not isinstance(stage.app.screen, dialog))


def parts_with_words(stage: Stage) -> list[Widget]:
    """Return the parts of the screen that words stand in, each alone."""
    parts = [one for one in stage.app.screen.query("*").results() if not list(one.children)]
    shown = [one for one in parts if one.region and one.id != "record"]
    return [one for one in shown if one.id != "folder"]  # a path is said as it is


def words_of(stage: Stage, part: Widget) -> str:
    """Return what can be read of one part, as one line; of a Summary, all of it."""
    if isinstance(stage.app.screen, SummaryScreen) and in_a_scroll(part):
        assert isinstance(part, Static)
        return str(part.content)
    place = part.region.intersection(stage.app.screen.region)
    strips = stage.app.screen._compositor.render_strips()[place.y : place.bottom]
    return " ".join(strip.crop(place.x, place.right).text for strip in strips)


@pytest.fixture
def made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk whose screens, content and room pages are in the made language."""
    speak(monkeypatch)
    texts = {
        section: {key: accented(text) for key, text in said.items()}
        for section, said in strings_in("en").items()
    }
    for place in (
        dialogue.tui.dialogs.room,
        dialogue.tui.screens.caring,
        dialogue.tui.widgets.room_card,
        dialogue.phrases,
    ):
        monkeypatch.setattr(place, "strings_in", lambda _language: texts)
    return replace(desk, config=SPANISH, library=library_in_it())


async def test_no_word_is_left_in_english_and_none_is_cut(staged: Open, made: Desk) -> None:
    """From Home to Summary, two fifths longer at 80×24, all comes from the catalogue and fits."""
    seen: set[str] = set()

    def look(stage: Stage) -> None:
        screen = stage.app.screen
        seen.add(type(screen).__name__)
        for part in parts_with_words(stage):
            words = words_of(stage, part)
            left = left_in_english(words, *NOT_WORDS, *IN_ENGLISH)
            assert left == [], (screen, part, words)
            if isinstance(part, Static) and not isinstance(part, GIVES_WAY):
                whole = in_a_scroll(part) or words.count("⟦") == words.count("⟧")
                assert whole, (screen, part, words)
        assert list(cut(screen)) == [], stage.text

    async with staged(at=made) as stage:
        await through_all(stage, look)
    assert seen == SEEN


@pytest.fixture
def in_spanish(desk: Desk) -> Desk:
    """Return a desk of somebody who chose Spanish for everything."""
    config = Config(language="es")
    return replace(desk, config=config, library=open_content(desk.places, config))


async def test_spanish_fits_the_small_screen(staged: Open, in_spanish: Desk) -> None:
    """At 80×24 no word of a Spanish screen is cut, and all keys of every footer can be read."""
    footers: dict[str, str] = {}

    def look(stage: Stage) -> None:
        assert list(cut(stage.app.screen)) == [], stage.text
        assert all(len(line) <= SMALL[0] for line in stage.lines)
        if name := screen_name(stage):
            footers[name] = stage.lines[-1].strip()

    async with staged(at=in_spanish) as stage:
        await through_all(stage, look)
    assert footers == FOOTERS


async def test_nothing_moves_when_saving_begins(staged: Open, in_spanish: Desk) -> None:
    """Both words on whether all is kept have room in the same place, before any new layout."""
    async with staged(at=in_spanish, plan=LUNCH, draft=Draft(heads=24)) as stage:
        stage.only_mine()
        await stage.press("ctrl+g")
        await stage.until(lambda: screen_name(stage) == "live")
        await stage.until_kept()
        line = stage.app.screen.query_one(StatusLine)
        for saving in (SaveStatus(asked=9, kept=3), SaveStatus(asked=9, kept=9)):
            line.show_saving(saving)
            assert list(cut(stage.app.screen)) == []


@pytest.mark.parametrize("size", [SMALL, (140, 40)], ids=["80x24", "140x40"])
def test_live_in_spanish_looks_as_it_did(
    snap_compare: Snap, in_spanish: Desk, fake_clock: FakeClock, size: tuple[int, int]
) -> None:
    """Live in Spanish, two minutes behind in the pairs with the slack used up."""
    app = DialogueApp(in_spanish, plan=LUNCH, draft=Draft(heads=24, end="12:57"))

    async def be_in_the_pairs(pilot: Pilot[None]) -> None:
        stage = Stage(app, pilot, fake_clock)
        await two_minutes_behind(
            stage, "A quién se oye, y a quién no", "Abrimos la reunión del lunes"
        )
        assert "2 min tarde" in stage.lines[0]

    try:
        assert snap_compare(app, terminal_size=size, run_before=be_in_the_pairs)
    finally:
        app.leave_session()


@pytest.mark.parametrize(
    ("config", "environment", "speaks"),
    [
        (Config(), {"LANG": "es_US.UTF-8"}, "es"),
        (Config(), {"LANG": "en_US.UTF-8", "LC_MESSAGES": "es"}, "es"),
        (Config(), {"LANG": "es_MX.UTF-8", "LC_ALL": "C"}, "en"),
        (Config(), {"LANG": "fr_FR.UTF-8"}, "en"),
        (Config(), {}, "en"),
        (Config(language="en"), {"LANG": "es_US.UTF-8"}, "en"),
        (Config(language="es"), {"LANG": "en_US.UTF-8"}, "es"),
        (Config(language="es", screens="en"), {"LANG": "es_US.UTF-8"}, "en"),
        (Config(screens="es"), {"LANG": "en_US.UTF-8"}, "es"),
    ],
)
def test_the_screens_speak_what_was_chosen(
    config: Config, environment: dict[str, str], speaks: str
) -> None:
    """The settings come first, then the environment where its language is one of ours."""
    assert language_of(config.screen_language, environment) == speaks


def test_every_language_of_the_screens_can_be_chosen() -> None:
    """The setting names exactly the languages that there are catalogues for."""
    named = get_args(Config.model_fields["screens"].annotation)
    assert named == ("", *screen_languages())


def test_each_line_of_spanish_help_is_one_line() -> None:
    """At 80×24 what a key does stands beside it, and needs no second line."""
    use("es")
    assert [one.id for one in CATALOGUE if len(one.shown_help) > HELP_CELLS] == []
