"""The settings file and the places it lies in."""

from __future__ import annotations

import ast
import inspect
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agreements.errors import ContentError
from dialogue import config as config_module
from dialogue.config import Config, read_config
from dialogue.content import open_content
from dialogue.paths import Places, find_places

if TYPE_CHECKING:
    from tests.cli.conftest import Call


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return two folders of this test."""
    return Places(data=tmp_path / "data", config=tmp_path)


def test_without_a_file_the_defaults_hold(places: Places) -> None:
    """A missing file is no error, and the defaults can be used as they are."""
    config = read_config(places)
    assert config == Config()
    assert (config.confidentiality, config.retention_days, config.heads) == ("stories-stay", 90, 12)
    assert open_content(places, config).plans


def test_every_setting_can_be_written(places: Places) -> None:
    """A file that names them all is read as it stands."""
    places.config_file.write_text(
        """
        language = "en"
        screens = "es"
        modality = "online"
        heads = 24
        confidentiality = "chatham-house"
        retention_days = 30
        care_contact = "Chaplaincy, room 2"
        reporting_contact = "Ombuds office"
        sound = "soft"
        signs = "ascii"
        tls_cert = "room.pem"
        tls_key = "room.key"
        tls_name = "room.example"
        theme = "light"
        content_folders = ["team"]
        [keys]
        next-step = "ctrl+n"
        """,
        encoding="utf-8",
    )
    written = read_config(places).model_dump()
    untouched = {"language"}
    changed = {name for name, value in written.items() if value != getattr(Config(), name)}
    assert changed == set(Config.model_fields) - untouched


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("heads = 0", "line 1, heads: this must be at least 1"),
        ("heads = 1001", "line 1, heads: this must be at most 1000"),
        ('heads = "12"', "line 1, heads: this must be a whole number"),
        ("\nretention_days = 3651", "line 2, retention_days: "),
        ('confidentiality = "Stories Stay"', "line 1, confidentiality: this must be written in"),
        ("care_contact = 3", "line 1, care_contact: this must be text in quotation marks"),
        ('theme = "pink"', "line 1, theme: "),
        ('modality = "by post"', "line 1, modality: "),
        ('organization = "ours"', "line 1, organization: this key is not known here"),
        ('content_folders = "one"', "line 1, content_folders: this must be a list"),
        ('content_folders = [""]', "line 1, content_folders: a folder has no name"),
        ('[keys]\nnext = ""', "line 1, keys: next needs the name of one key"),
        ('[keys]\nnext = "a b"', "line 1, keys: next needs the name of one key"),
        ("[keys]\nnext = 3", "line 2, keys.next: this must be text in quotation marks"),
        ('keys = ["n"]', "line 1, keys: this must be a table with keys"),
        ('care_contact = "a" "b"', "line 1: this is not TOML"),
        ('care_contact = "' + "x" * 81 + '"', "line 1, care_contact: "),
        ("x = " + "[" * 200 + "]" * 200, "it is nested deeper than 12 levels"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(places: Places, text: str, sentence: str) -> None:
    """The sentence says file, line, key and what is wrong."""
    places.config_file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_config(places)
    assert caught.value.sentence.startswith("config.toml")
    assert sentence in caught.value.sentence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'care_contact = "\xff"', "config.toml, line 1: it is not saved as UTF-8"),
        (b"#" * 300_000, "config.toml: it is larger than 256 KiB"),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_refused(
    places: Places, data: bytes, sentence: str
) -> None:
    """Neither a wrong encoding nor a huge file is read."""
    places.config_file.write_bytes(data)
    with pytest.raises(ContentError) as caught:
        read_config(places)
    assert sentence in caught.value.sentence


def test_a_folder_in_the_place_of_the_file_is_said(places: Places) -> None:
    """What is there and cannot be read is an error; only what is not there is not."""
    places.config_file.mkdir()
    with pytest.raises(ContentError, match="it is not a file"):
        read_config(places)


def test_settings_pass_the_text_gate(places: Places) -> None:
    """No setting holds what a terminal would obey."""  # promise 5
    places.config_file.write_text('care_contact = "a\\u001b[2Jb\\u202e\\nc"', encoding="utf-8")
    assert read_config(places).care_contact == "a[2Jb c"


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        (
            Config(language="eo"),
            "config.toml, language: there is no content in that language; choose from en, es",
        ),
        (Config(confidentiality="ours"), "config.toml, confidentiality: there is no such rule"),
    ],
)
def test_settings_that_content_does_not_know_are_named(
    places: Places, config: Config, sentence: str
) -> None:
    """A language and a rule must be there before anything starts."""
    with pytest.raises(ContentError) as caught:
        open_content(places, config)
    assert sentence in caught.value.sentence


def test_own_folders_are_read_in_order_and_the_own_one_last(places: Places) -> None:
    """A relative folder lies in the config folder, `~` is the home, `content` wins."""
    config = Config(content_folders=("team", "~/shared", "/srv/content"))
    assert config.folders(places) == (
        places.config / "team",
        Path.home() / "shared",
        Path("/srv/content"),
        places.config / "content",
    )


def test_every_setting_has_a_line_of_reference() -> None:
    """A sentence stands under each field, so that a page of all settings can be made."""
    tree = ast.parse(inspect.getsource(config_module))
    body = next(n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name == "Config")
    described = {
        field.target.id
        for field, follower in itertools.pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(follower, ast.Expr)
        and isinstance(follower.value, ast.Constant)
    }
    assert described == set(Config.model_fields)


def test_places_come_from_argument_then_environment(tmp_path: Path) -> None:
    """`--data-dir` wins over the environment; each folder is absolute."""
    env = {"DIALOGUE_DATA_DIR": "from-env", "DIALOGUE_CONFIG_DIR": "~/conf"}
    assert find_places(None, env).data == Path.cwd() / "from-env"
    assert find_places(str(tmp_path), env).data == tmp_path
    assert find_places(None, env).config == Path.home() / "conf"
    assert find_places(None, env).config_file == Path.home() / "conf" / "config.toml"


def test_places_by_default_lie_in_the_home(fence: Path) -> None:
    """Without a word, or with empty ones, the system's own folders are used."""
    places = find_places("", {"DIALOGUE_DATA_DIR": "", "DIALOGUE_CONFIG_DIR": ""})
    assert places.data.is_relative_to(fence)
    assert places.config.is_relative_to(fence)
    assert places.data != places.config
    assert places.data.name == places.config.name == "dialogue"


def test_a_broken_setting_ends_a_command_with_two(call: Call, config: Path) -> None:
    """The command line needs to be told once, in one sentence on stderr."""
    (config / "config.toml").write_text("heads = 0", encoding="utf-8")
    answer = call("plans")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("config.toml, line 1, heads: ")


def test_what_is_kept_is_shown_without_any_settings(call: Call, config: Path) -> None:
    """A broken settings file does not stand between a facilitator and her sessions."""
    (config / "config.toml").write_text("heads = 0", encoding="utf-8")
    assert call("sessions", "--json").code == 0


def test_data_dir_moves_the_sessions(call: Call, closed: object, tmp_path: Path) -> None:
    """Another data folder holds other sessions."""
    assert call("sessions", "--json").json != []
    assert call("--data-dir", tmp_path, "sessions", "--json").json == []


def test_a_rule_of_a_protocol_that_was_left_out_is_listed(places: Places) -> None:
    """A broken protocol of the user's takes its rules along, and keeps nothing from starting."""
    places.content.mkdir(parents=True)
    (places.content / "protocol.toml").write_text('[[agreement]]\nid = "new"\n', "utf-8")
    library = open_content(places, Config(confidentiality="ours"))
    assert [(one.file, one.key) for one in library.problems] == [
        ("protocol.toml", "agreement[1].name"),
        ("config.toml", "confidentiality"),
    ]


def test_a_kind_of_spanish_is_spanish(places: Places) -> None:
    """Whoever writes `es-MX` gets the Spanish content, and English for what it lacks."""
    library = open_content(places, Config(language="es-MX"))
    assert library.language == "es"
    assert library.plan("check-in").language == "es"
    assert library.plan("full-day").language == "en"
    assert library.problems == []
