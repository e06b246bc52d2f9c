"""Certificates on the command line and in the settings, looked at before anything is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogue.commands import live
from dialogue.web.tls import Tls

if TYPE_CHECKING:
    from dialogue.run import StartRequest
    from tests.cli.conftest import Call
    from tests.plugin_certificates import MakeTls

RUN = ("run", "lunch-and-learn")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[StartRequest]:
    """Return what the screen was asked to start with; nothing is drawn."""
    requests: list[StartRequest] = []
    monkeypatch.setattr(live, "require_terminal", lambda _sentence: None)
    monkeypatch.setattr(live, "_start", lambda request, _shell: requests.append(request) or 0)
    monkeypatch.setattr("dialogue.certificate.own_addresses", lambda: ("192.0.2.10",))
    return requests


def given(tls: Tls) -> list[str]:
    """Return the options for a certificate."""
    return ["--tls-cert", str(tls.certificate), "--tls-key", str(tls.key)]


@pytest.mark.parametrize("command", [(), RUN], ids=["home", "run"])
def test_a_good_certificate_goes_along(
    call: Call, started: list[StartRequest], make_tls: MakeTls, command: tuple[str, ...]
) -> None:
    """Before the command or after it, the screen starts with the certificate."""
    tls = make_tls("DNS:room.example")
    assert call(*given(tls), *command).code == 0
    if command:
        assert call(*command, *given(tls)).code == 0
    assert {request.tls for request in started} == {tls}


def test_without_a_certificate_phones_are_served_plainly(
    call: Call, started: list[StartRequest]
) -> None:
    """Nothing is needed for that."""
    assert call(*RUN).code == 0
    assert started[0].tls is None


def test_the_command_line_wins_over_the_settings(
    call: Call, started: list[StartRequest], make_tls: MakeTls, config: Path
) -> None:
    """A pair that is given is used alone; a name that is given stands for the settings' pair."""
    ours, other = make_tls("DNS:*.example"), make_tls("DNS:room.example", file="other")
    settings = config / "config.toml"
    settings.write_text(
        f'tls_cert = "{ours.certificate}"\ntls_key = "{ours.key}"\ntls_name = "a.example"\n'
    )
    assert call(*RUN).code == 0
    assert call(*RUN, "--tls-name", "b.example").code == 0
    assert call(*RUN, *given(other)).code == 0
    assert [request.tls for request in started] == [
        Tls(ours.certificate, ours.key, "a.example"),
        Tls(ours.certificate, ours.key, "b.example"),
        other,
    ]


def test_files_in_the_settings_are_found_beside_them(
    call: Call, started: list[StartRequest], make_tls: MakeTls, config: Path
) -> None:
    """A path without a beginning is taken from the config folder."""
    made = make_tls("DNS:room.example")
    made.certificate.rename(config / "room.pem")
    made.key.rename(config / "room.key")
    (config / "config.toml").write_text('tls_cert = "room.pem"\ntls_key = "room.key"\n')
    assert call(*RUN).code == 0
    assert started[0].tls == Tls(config / "room.pem", config / "room.key")


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--tls-cert", "{cert}"], "tls-cert is given without tls-key"),
        (["--tls-key", "{key}"], "tls-key is given without tls-cert"),
        (["--tls-name", "room.example"], "A name for phones needs a certificate"),
        (["--tls-cert", "gone.pem", "--tls-key", "{key}"], "gone.pem cannot be read"),
        (["--tls-cert", "{cert}", "--tls-key", "{cert}"], "is no key in PEM form"),
        (["--tls-cert", "{cert}", "--tls-key", "{key}"], "such as dialogue.example"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    call: Call, started: list[StartRequest], make_tls: MakeTls, options: list[str], part: str
) -> None:
    """On the command line it ends with 2, in the settings too; nothing has started."""
    tls = make_tls("DNS:*.example")
    filled = [one.format(cert=tls.certificate, key=tls.key) for one in options]
    for answer in (call(*filled), call(*RUN, *filled)):
        assert answer.code == 2
        first, *rest = answer.err.strip().splitlines()
        assert part in first
        assert len(rest) == 1
        assert "--help` explains it." in rest[0]
    assert started == []


def test_settings_that_cannot_be_used_name_their_file(
    call: Call, started: list[StartRequest], config: Path
) -> None:
    """The sentence has the file and the key in it."""
    (config / "config.toml").write_text('tls_cert = "gone.pem"\ntls_key = "gone.key"\n')
    answer = call(*RUN)
    assert answer.code == 2
    assert answer.err.startswith("config.toml, tls_cert: The certificate ")
    assert len(answer.err.strip().splitlines()) == 1
    assert started == []
