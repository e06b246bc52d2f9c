"""Shipped content with the user's own folders over it: what is added, replaced, and left out.

Touches: disk, to read the package's content and folders below `tmp_path`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from agreements.errors import ContentError, UnknownContentError
from agreements.library import Library, open_library, read_plan, shipped_folder
from sessions.text import paragraph

TWICE = "there is a prompt twice already; please give each its own id"
NO_TOML = "this is not TOML: expected ']]' at the end of an array declaration"

HEAD = 'title = "Ours"\nrevision = 1\nlanguage = "en"\nsource = "Own."\nlicense = "MIT"\n'

PROMPT = """
[[prompt]]
id = "{id}"
text = "{text}"
agreement = "stay-engaged"
condition = "isolate-race"
phase = "explore"
formats = ["pair"]
intensity = 1
load = "self"
"""

PLAN = """
id = "{id}"
purpose = "To be tried."
minutes = 60
[[step]]
id = "one"
title = "One"
kind = "talk"
phase = "explore"
format = "pair"
duration = {{ kind = "fixed", minutes = 10 }}
prompts = [{prompts}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder of the user's own."""
    path = tmp_path / "mine"
    (path / "prompts").mkdir(parents=True)
    (path / "plans").mkdir()
    return path


def write(path: Path, *parts: str) -> None:
    """Write a file of content, with its head first."""
    path.write_text("".join((HEAD, *parts)), encoding="utf-8")


def prompt(prompt_id: str, text: str = "Ours?") -> str:
    """Return a prompt as TOML."""
    return PROMPT.format(id=prompt_id, text=text)


def plan(plan_id: str, *prompts: str) -> str:
    """Return a plan as TOML, without its head."""
    return PLAN.format(id=plan_id, prompts=", ".join(f'"{one}"' for one in prompts))


def opened(*folders: Path) -> Library:
    """Open the library with these folders."""
    return open_library(paragraph, folders)


def problems(*folders: Path) -> list[tuple[str, str, int | None, str]]:
    """Return what could not be used: file, key, line and sentence."""
    return [(one.file, one.key, one.line, one.problem) for one in opened(*folders).problems]


def test_shipped_content_has_no_problem(library: Library) -> None:
    """All of it can be used, and every plan is complete."""
    assert library.problems == []
    for plan_id in library.plans:
        used = {one for step in library.plan(plan_id).steps for one in step.prompts}
        assert used <= {one.id for one in library.plan(plan_id).prompts}


def test_a_folder_that_is_missing_or_empty_changes_nothing(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    """Nobody needs a folder of their own."""
    found = opened(tmp_path / "nowhere", folder)
    assert (found.prompts, found.plans) == (library.prompts, library.plans)
    assert (found.moves, found.texts) == (library.moves, library.texts)
    assert found.protocol == library.protocol


def test_a_users_things_are_added(library: Library, folder: Path) -> None:
    """A prompt, a move, a text and a plan that uses the prompt, all of them new."""
    write(folder / "prompts" / "ours.toml", 'id = "ours"\n', prompt("our-prompt"))
    write(
        folder / "moves.toml",
        'id = "ours"\n[[move]]\nid = "our-move"\nsituation = "S"\nsay = "A"\nthen = "B"\n',
    )
    write(
        folder / "texts.toml",
        'id = "ours"\n[[text]]\nid = "our-text"\ntitle = "T"\nlines = ["L"]\n',
    )
    write(folder / "plans" / "ours.toml", plan("our-plan", "our-prompt"))
    found = opened(folder)
    assert found.problems == []
    assert found.prompts.keys() - library.prompts.keys() == {"our-prompt"}
    assert found.moves.keys() - library.moves.keys() == {"our-move"}
    assert found.texts.keys() - library.texts.keys() == {"our-text"}
    assert found.plans.keys() - library.plans.keys() == {"our-plan"}
    assert found.plan("our-plan").prompts == (found.prompts["our-prompt"],)
    assert found.origins["our-plan"] == folder / "plans" / "ours.toml"


def test_a_users_thing_replaces_the_shipped_one_by_id(library: Library, folder: Path) -> None:
    """The file's name does not matter, the id does; shipped plans then use the new prompt."""
    write(folder / "prompts" / "x.toml", 'id = "x"\n', prompt("compass-where-i-start", "Where?"))
    write(folder / "plans" / "x.toml", plan("check-in"))
    found = opened(folder)
    assert len(found.prompts) == len(library.prompts)
    used = {one.id: one.text for one in found.plan("lunch-and-learn").prompts}
    assert used["compass-where-i-start"] == "Where?"
    assert found.plan("check-in").title == "Ours"
    assert library.plan("check-in").title != "Ours"


def test_the_later_folder_wins(folder: Path, tmp_path: Path) -> None:
    """Of two folders, and of two files in one, the later in order is the one that counts."""
    other = tmp_path / "other"
    (other / "prompts").mkdir(parents=True)
    write(folder / "prompts" / "a.toml", 'id = "a"\n', prompt("same", "first file"))
    write(folder / "prompts" / "b.toml", 'id = "b"\n', prompt("same", "second file"))
    assert opened(folder).prompts["same"].text == "second file"
    write(other / "prompts" / "a.toml", 'id = "a"\n', prompt("same", "other folder"))
    assert opened(folder, other).prompts["same"].text == "other folder"
    assert opened(other, folder).prompts["same"].text == "second file"


def test_a_single_label_is_replaced(library: Library, folder: Path) -> None:
    """A `protocol.toml` of three lines changes one name, and all else stays as it is shipped."""
    (folder / "protocol.toml").write_text(
        '[[agreement]]\nid = "stay-engaged"\nname = "Stay with us"\n'
        '[[compass]]\nid = "acting"\nlabel = "Doing"\n'
    )
    found = opened(folder).protocol
    assert [one.id for one in found.agreements] == [one.id for one in library.protocol.agreements]
    assert found.agreements[0].name == "Stay with us"
    assert found.agreements[0].asks == library.protocol.agreements[0].asks
    assert found.agreements[1:] == library.protocol.agreements[1:]
    assert [one.label for one in found.compass] == ["Feeling", "Thinking", "Believing", "Doing"]
    assert (found.title, found.conditions) == (library.protocol.title, library.protocol.conditions)


def test_a_translation_with_missing_ids_leaves_nothing_empty(
    library: Library, folder: Path
) -> None:
    """What is not translated yet stands there whole in the shipped words, and says so."""
    (folder / "protocol.toml").write_text(
        'language = "fr"\n'
        '[[agreement]]\nid = "stay-engaged"\nname = "Rester present"\n'
        'asks = "Reste avec nous."\ndoes_not_ask = "Pas a tout prix."\n'
        '[[compass]]\nid = "acting"\nlabel = "Agir"\nstarts = "Je fais."\n'
    )
    (folder / "moves.toml").write_text("")
    found = opened(folder)
    shipped = library.protocol
    assert [problem.file for problem in found.problems] == ["moves.toml"]
    assert found.protocol.language == "fr"
    assert found.protocol.agreements[0].asks == "Reste avec nous."
    for things, ours in (
        (found.protocol.agreements, shipped.agreements),
        (found.protocol.conditions, shipped.conditions),
        (found.protocol.compass, shipped.compass),
        (found.protocol.confidentiality, shipped.confidentiality),
    ):
        assert [one.id for one in things] == [one.id for one in ours]
        for thing, our in zip(things, ours, strict=True):
            translated = thing.id in {"stay-engaged", "acting"}
            assert thing.language == (None if translated else "en")
            same = thing.model_copy(update={"language": None}) == our
            assert same is not translated
    assert (found.texts, found.prompts) == (library.texts, library.prompts)
    assert found.plan("lunch-and-learn") == library.plan("lunch-and-learn")


def test_half_a_translation_is_refused(library: Library, folder: Path) -> None:
    """A translated agreement without its second half is named; no agreement is in two languages."""
    (folder / "protocol.toml").write_text(
        'language = "fr"\n[[agreement]]\nid = "stay-engaged"\nname = "Rester present"\n'
    )
    assert opened(folder).protocol == library.protocol
    assert problems(folder) == [
        ("protocol.toml", "agreement[1].asks", 2, "this is missing; please add it")
    ]


def test_a_thing_of_the_protocol_is_added(folder: Path) -> None:
    """A new id is a new thing, after the others."""
    (folder / "protocol.toml").write_text(
        '[[confidentiality]]\nid = "ours"\nname = "Ours"\ntext = "Our rule."\n'
    )
    assert [one.id for one in opened(folder).protocol.confidentiality][-1] == "ours"


@pytest.mark.parametrize(
    ("own", "key", "line", "problem"),
    [
        (
            '[[agreement]]\nid = "expect-non-closure"\nname = ""\n',
            "agreement[1].name",
            3,
            "this is empty; please write something",
        ),
        (
            '[[compass]]\nid = "acting"\n[[compass]]\nid = "feeling"\nlabel = 1\n',
            "compass[2].label",
            5,
            "this must be text in quotation marks",
        ),
        (
            '[[compass]]\nid = "acting"\nlabel = "Doing"\ncolour = "red"\n',
            "compass[1].colour",
            4,
            "this key is not known here; is it misspelt?",
        ),
        ('titel = "Ours"\n', "titel", 1, "this key is not known here; is it misspelt?"),
        (
            '[[agreement]]\nid = "new"\nname = "New"\n',
            "agreement[1].asks",
            1,
            "this is missing; please add it",
        ),
        ("agreement = 1\n", "agreement", 1, "this must be a list in square brackets"),
        ("[[agreement]]\nid = [1]\n", "agreement[1].id", 2, "this must be text in quotation marks"),
        ("agreement = [1]\n", "agreement[1]", 1, "this must be a table with keys"),
        ("[agreement]\nid = 1\n", "agreement", 1, "this must be a list in square brackets"),
        ("[[agreement]\n", "", 1, NO_TOML),
    ],
)
def test_a_protocol_that_cannot_be_used_is_said_with_its_place(
    folder: Path, own: str, key: str, line: int, problem: str
) -> None:
    """The place is the one in the user's file, however much is shipped below it."""
    (folder / "protocol.toml").write_text(own)
    (found,) = opened(folder).problems
    assert (found.file, found.key, found.line) == ("protocol.toml", key, line)
    assert found.problem == problem


def test_a_protocol_that_cannot_be_used_leaves_the_one_below_it(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    """What is shipped and what other folders say stays in use, and everything else is read."""
    other = tmp_path / "other"
    other.mkdir()
    (folder / "protocol.toml").write_text('[[agreement]]\nid = "new"\nname = "New"\n')
    write(folder / "plans" / "own.toml", plan("own"))
    (other / "protocol.toml").write_text('[[compass]]\nid = "acting"\nlabel = "Doing"\n')
    found = opened(folder, other)
    assert [one.file for one in found.problems] == ["protocol.toml"]
    assert found.protocol.agreements == library.protocol.agreements
    assert found.protocol.compass[-1].label == "Doing"
    assert "own" in found.plans


def test_the_folder_at_fault_is_the_one_that_is_named(folder: Path, tmp_path: Path) -> None:
    """An error of one folder is not looked for in the file of another."""
    other = tmp_path / "other"
    other.mkdir()
    (folder / "protocol.toml").write_text('\n\n[[agreement]]\nid = "stay-engaged"\nname = ""\n')
    (other / "protocol.toml").write_text('[[agreement]]\nid = "stay-engaged"\nasks = "Stay."\n')
    (error,) = opened(folder, other).problems
    assert (error.key, error.line) == ("agreement[1].name", 5)


def test_what_cannot_be_used_is_listed_and_the_rest_is_there(
    library: Library, folder: Path
) -> None:
    """Broken files are named, each with its place; whatever stands beside them is used."""
    write(folder / "plans" / "a-broken.toml", plan("a-broken"), "[[step]\n")
    write(folder / "plans" / "b-good.toml", plan("b-good"))
    write(folder / "plans" / "c-prompt.toml", plan("c-prompt", "no-such-prompt"))
    (folder / "plans" / "d-folder.toml").mkdir()
    write(folder / "prompts" / "e-twice.toml", 'id = "e"\n', prompt("twice"), prompt("twice"))
    write(folder / "prompts" / "f-good.toml", 'id = "f"\n', prompt("f-good"))
    (folder / "moves.toml").write_bytes(b"\xff\xfe")
    (folder / "texts.toml").write_text("")
    found = opened(folder)
    assert [(one.file, one.key, one.problem) for one in found.problems] == [
        ("e-twice.toml", "prompt[2].id", TWICE),
        ("moves.toml", "", "it is not saved as UTF-8; please save it again as UTF-8"),
        ("texts.toml", "id", "this is missing; please add it"),
        ("a-broken.toml", "", NO_TOML),
        ("c-prompt.toml", "step[1].prompts", "there is no prompt no-such-prompt"),
        ("d-folder.toml", "", "it is not a file"),
    ]
    assert found.plans.keys() - library.plans.keys() == {"b-good"}
    assert found.prompts.keys() - library.prompts.keys() == {"f-good"}
    assert found.moves == library.moves
    assert all(one.sentence.isprintable() for one in found.problems)


def test_a_broken_replacement_leaves_the_shipped_one(library: Library, folder: Path) -> None:
    """A user's plan that cannot be used does not take the shipped one of its id away."""
    write(folder / "plans" / "x.toml", plan("lunch-and-learn", "no-such-prompt"))
    found = opened(folder)
    assert found.plan("lunch-and-learn") == library.plan("lunch-and-learn")
    assert len(found.problems) == 1


def test_a_plans_own_prompt_comes_first(folder: Path) -> None:
    """A plan may bring prompts of its own, also in the place of one of the library."""
    write(
        folder / "plans" / "x.toml",
        plan("x", "compass-where-i-start"),
        prompt("compass-where-i-start", "Its own."),
        prompt("not-used"),
    )
    assert [one.text for one in opened(folder).plan("x").prompts] == ["Its own."]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            "lunch-and-lern",
            "There is no plan called “lunch-and-lern”. Did you mean lunch-and-learn?",
        ),
        ("Lunch-And-Learn", "There is no plan called “Lunch-And-Learn”. Did you mean"),
        ("qqqq", "There is no plan called “qqqq”. There is: "),
        ("", "There is no plan called “”. There is: "),
        ("\x1b[31m\u202ex", "There is no plan called “�[31m�x”. There is: "),
        ("z" * 100_000, f"There is no plan called “{'z' * 64}”. There is: "),
    ],
)
def test_a_plan_that_is_nowhere_is_said_with_the_nearest(
    library: Library, wanted: str, sentence: str
) -> None:
    """The sentence names the nearest plans, or all of them, and shows nothing raw."""
    with pytest.raises(UnknownContentError) as error:
        library.plan(wanted)
    assert error.value.sentence.startswith(sentence)
    assert error.value.sentence.isprintable()


def test_an_empty_library_says_that_there_is_nothing(library: Library) -> None:
    """Without any plan the sentence says so."""
    with pytest.raises(UnknownContentError, match="There is no plan at all yet"):
        Library(protocol=library.protocol).plan("x")


def test_a_language_that_is_not_shipped_is_said_so() -> None:
    """An unknown language is an error about its protocol, not a crash."""
    with pytest.raises(ContentError) as error:
        open_library(paragraph, language="xx")
    assert error.value.file == "protocol.toml"


def test_a_plan_can_be_read_by_itself() -> None:
    """A file of a plan needs no library."""
    assert read_plan(shipped_folder() / "plans" / "check-in.toml", paragraph).id == "check-in"
