"""What the form says, drawn as plain text: the moment, what stands before the asks, the folds.

Pure. The words are those of the phone page, from the same file. Nothing here is ever parsed as
markup, and nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.content import Content

from dialogue.caller.page import Page
from dialogue.web.strings import Strings, languages, strings_in
from sessions.room import RoomView, SheetView

_GAP = Content("\n\n")
_BREAK = Content("\n")


def moment_text(page: Page) -> Content:
    """Return what happens in the room now."""
    room, t = page.room, page.t
    if room is None:
        return Content(t["says"]["deleting"])
    said = t["moments"]
    match room.moment:
        case "arriving":
            return _paragraphs(_bold(said["arriving"]), said["arriving_more"])
        case "pausing":
            return _bold(said["pausing"])
        case "over":
            care = said["care"].format(contact=room.care_contact) if room.care_contact else ""
            return _paragraphs(_bold(said["over"]), t["terminal"]["over_more"], care)
        case "talking":
            asides = (room.content_note, room.second_door)
            return _paragraphs(_bold(room.step), *room.prompts, *asides)


def before_text(page: Page, *, tls: bool) -> Content:
    """Return who reads what is written, what happens then, what is kept, and what is promised."""
    room = page.room
    if room is None or room.sheet is None:
        return Content("")
    said, promise = page.t["before"], _promise(page.t, room, tls=tls)
    kept = said["kept_text"].format(days=room.retention_days)
    by_card = page.t["seat"]["kept"] if room.seat_cards else ""
    return _paragraphs(
        _bold(said["title"]),
        _lines(
            _led(said["who"], _readers(said, room.sheet)),
            _led(said["next"], f"{said['next_text']} {promise['fewer']}"),
            _led(said["kept"], f"{kept} {by_card}".rstrip()),
        ),
        promise["transport"],
        f"{promise['known']} {promise['managed']} {promise['harm']}",
        _led(said["hint"], said["languages"]) if _has_words(room.sheet) else "",
        _bold(said["small_room"]) if room.sheet.small_room else "",
    )


def agreements_text(page: Page) -> Content:
    """Return the agreements in full, and what the group has added."""
    room, t = page.room, page.t
    own = () if room is None else room.agreements
    house = () if room is None else room.house_agreements
    each = (_lines(_bold(one.name), one.asks, one.does_not_ask) for one in own)
    added = _lines(_bold(t["page"]["house"]), *(f"- {text}" for text in house)) if house else ""
    return _paragraphs(_bold(t["page"]["agreements"]), *each, added)


def kept_text(page: Page, *, tls: bool) -> Content:
    """Return the rule of the room, what is kept of answers, and every promise."""
    room, t = page.room, page.t
    title = _bold(t["page"]["kept_title"])
    if room is None:
        return title
    kept = t["before"]["kept_text"].format(days=room.retention_days)
    rule = _lines(_bold(room.rule_name), room.rule_text)
    return _paragraphs(title, rule, kept, *_promise(t, room, tls=tls).values())


def next_language(t: Strings) -> str:
    """Return the language that comes after that of some texts; after the last one, the first."""
    every = languages()
    at = next(at for at, one in enumerate(every) if strings_in(one) is t)
    return every[(at + 1) % len(every)]


def keys_text(t: Strings, section: str) -> str:
    """Return which keys there are, the way to another language in that language.

    Args:
        t: The texts.
        section: The section that names them.
    """
    other = strings_in(next_language(t))["terminal"]["in_it"]
    return f"{t[section]['keys']} · f5 {other}"


def _promise(t: Strings, room: RoomView, *, tls: bool) -> dict[str, str]:
    """Return what is promised about this transport, and what never can be."""
    said, contact = t["promise"], room.reporting_contact
    return {
        "transport": said["tls" if tls else "http"],
        "known": said["known"],
        "managed": t["terminal"]["managed"],
        "fewer": said["fewer"],
        "harm": said["harm"].format(contact=contact) if contact else said["harm_alone"],
    }


def _readers(said: Mapping[str, str], sheet: SheetView) -> str:
    kinds = {ask.kind for ask in sheet.asks}
    words = said["who_words"] if "words" in kinds else ""
    return " ".join(filter(None, (words, said["who_choices"] if kinds - {"words"} else "")))


def _has_words(sheet: SheetView) -> bool:
    return any(ask.kind == "words" for ask in sheet.asks)


def _bold(text: str) -> Content:
    return Content.styled(text, "bold")


def _led(lead: str, text: str) -> Content:
    return Content.assemble((lead, "bold"), " ", text)


def _lines(*texts: Content | str) -> Content:
    return _BREAK.join(_given(texts))


def _paragraphs(*texts: Content | str) -> Content:
    return _GAP.join(_given(texts))


def _given(texts: Iterable[Content | str]) -> list[Content]:
    every = (Content(text) if isinstance(text, str) else text for text in texts)
    return [text for text in every if text.plain]
