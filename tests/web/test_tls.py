"""Certificates: which can be used, under which name they are shown, and what is said otherwise."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from dialogue.doorway import Doorway
from dialogue.web.errors import CertificateError
from dialogue.web.tls import Tls, certified, context_of, names_for
from tests.plugin_certificates import MakeTls, openssl
from tests.web.memory_door import MemoryDoor

if TYPE_CHECKING:
    from playwright.async_api import Browser

HERE = ("192.0.2.10",)


def refusal(tls: Tls) -> str:
    """Return why a certificate is refused."""
    with pytest.raises(CertificateError) as refused:
        names_for(tls, HERE)
    sentence = refused.value.sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("names", "host", "shown"),
    [
        ("DNS:room.example", "", ("room.example",)),
        ("DNS:*.example,DNS:Room.Example", "", ("room.example",)),
        ("DNS:localhost,DNS:a.example,DNS:b.example", "B.local", ("b.example", "a.example")),
        ("IP:192.0.2.10,DNS:localhost", "", ("192.0.2.10",)),
        ("IP:192.0.2.10,DNS:room.example", "", ("room.example",)),
    ],
)
def test_the_name_that_is_shown_is_one_the_certificate_is_good_for(
    make_tls: MakeTls, names: str, host: str, shown: tuple[str, ...]
) -> None:
    """An exact name comes first, this computer's own before others, then an address it has."""
    assert names_for(make_tls(names), HERE, host) == shown


def test_a_wildcard_is_shown_under_the_name_that_was_said(make_tls: MakeTls) -> None:
    """It does not tell this computer's name; `--tls-name` does, and one label only."""
    tls = make_tls("DNS:*.example.org")
    assert "with --tls-name, such as dialogue.example.org" in refusal(tls)
    assert names_for(replace(tls, name="Room.example.org"), HERE) == ("room.example.org",)
    for wrong in ("a.b.example.org", "example.org", "*.example.org", "room.example.net\x1b[2J"):
        sentence = refusal(replace(tls, name=wrong))
        assert "it names *.example.org" in sentence
        assert sentence.isprintable()


@pytest.mark.parametrize(
    ("names", "part"),
    [
        ("IP:192.0.2.77", "is for 192.0.2.77, and the address of this computer is 192.0.2.10"),
        ("DNS:localhost", "is for localhost, so that no phone takes it"),
        ("", "is for no name at all"),
    ],
)
def test_a_certificate_for_something_else_is_refused(
    make_tls: MakeTls, names: str, part: str
) -> None:
    """It says what the certificate is for, and what to do."""
    sentence = refusal(make_tls(names))
    assert part in sentence
    assert "ake " in sentence


@pytest.mark.parametrize(
    ("first", "last", "part"),
    [("20200101", "20210101", "has expired"), ("20980101", "20990101", "is not valid yet")],
)
def test_a_certificate_of_another_day_is_refused(
    dated_tls: Callable[[str, str], Tls], first: str, last: str, part: str
) -> None:
    """Expired or not valid yet: it says so, and to look at the clock."""
    sentence = refusal(dated_tls(first, last))
    assert part in sentence
    assert "this computer's clock" in sentence


def test_files_that_do_not_go_together_are_refused(make_tls: MakeTls, tmp_path: Path) -> None:
    """Another key, a key with a password, and the two swapped, each in its own words."""
    tls, other = make_tls("DNS:room.example"), make_tls("DNS:room.example", file="other")
    locked = tmp_path / "locked.key"
    openssl("pkey", "-in", tls.key, "-aes256", "-passout", "pass:canary-word", "-out", locked)
    assert "does not belong to the certificate" in refusal(replace(tls, key=other.key))
    assert "has a password. Take one without" in refusal(replace(tls, key=locked))
    assert "holds a key and no certificate" in refusal(Tls(tls.key, tls.certificate))


def test_files_that_are_something_else_are_refused(make_tls: MakeTls, tmp_path: Path) -> None:
    """Missing, a folder, noise, another form of file, a torn one: a sentence names the file."""
    tls = make_tls("DNS:room.example")
    noise, der, torn = tmp_path / "noise", tmp_path / "der", tmp_path / "torn"
    noise.write_bytes(bytes(range(256)) * 40)
    openssl("x509", "-in", tls.certificate, "-outform", "der", "-out", der)
    torn.write_text(tls.certificate.read_text().replace("M", "?", 9))
    for wrong in (tmp_path / "none", tmp_path, noise, der, torn):
        assert str(wrong) in refusal(replace(tls, certificate=wrong))
    for wrong in (tmp_path / "none", tmp_path, noise, tls.certificate):
        assert str(wrong) in refusal(replace(tls, key=wrong))


def test_only_what_can_be_a_host_is_taken_from_a_certificate(make_tls: MakeTls) -> None:
    """A name in it that a terminal or a page might obey is passed over."""
    said = certified(make_tls("DNS:a b<i>.example,DNS:room.example,URI:https://x.example"))
    assert said.names == ("room.example",)
    assert said.signed_itself


def test_a_chain_is_judged_by_the_computers_own_certificate(
    make_tls: MakeTls, tmp_path: Path
) -> None:
    """A file may hold the authority's certificate behind it; then it has not signed itself."""
    authority, own = make_tls("DNS:authority.example"), tmp_path / "leaf.pem"
    request, key, more = tmp_path / "leaf.csr", tmp_path / "leaf.key", tmp_path / "more"
    more.write_text("subjectAltName=DNS:room.example\n")
    openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=leaf", "-keyout", key, "-out", request)  # fmt: skip # noqa: E501
    signing = ("-CA", authority.certificate, "-CAkey", authority.key, "-CAcreateserial")
    openssl("x509", "-req", "-in", request, *signing, "-extfile", more, "-days", "2", "-out", own)
    own.write_text(own.read_text() + authority.certificate.read_text())
    said = certified(Tls(own, key))
    assert said.names == ("room.example",)
    assert not said.signed_itself


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("secure", [False, True], ids=["http", "tls"])
async def test_a_browser_reads_the_promise_of_its_transport(
    chromium: Browser, make_tls: MakeTls, *, secure: bool
) -> None:  # promise 26
    """Under the address that is shown Chromium opens the page, and the exact sentence stands."""
    tls = make_tls("DNS:room.localhost") if secure else None
    door = MemoryDoor()
    door.open("words")
    doorway = Doorway(tls=tls, port=0, bind="127.0.0.1", addresses=lambda: ("127.0.0.1",))
    web = await doorway.open(door)
    if tls is not None:
        assert web.url == f"https://room.localhost:{web.port}"
        await _trusted_by_name(tls, web.port)
    context = await chromium.new_context(ignore_https_errors=True)
    try:
        page = await context.new_page()
        async with page.expect_response("**/beat") as answered:
            await page.goto(web.url)
        assert (await answered.value).status == 200
        http = (
            " Whoever runs or listens to this Wi-Fi could read what you send: use paper or the "
            "kiosk if that matters."
        )
        await expect(page.locator(".transport")).to_have_text(
            f"Your name, device and time are not kept.{'' if secure else http}"
        )
    finally:
        await context.close()
        await web.stop()


async def _trusted_by_name(tls: Tls, port: int) -> None:
    """Open the door as somebody who trusts this certificate and holds it to its name."""
    import asyncio  # noqa: PLC0415

    context = ssl.create_default_context(cafile=str(tls.certificate))
    _, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=context, server_hostname="room.localhost"
    )
    writer.close()


def test_a_context_speaks_nothing_old(make_tls: MakeTls) -> None:
    """TLS 1.2 is the least that phones are met with."""
    context = context_of(make_tls("DNS:room.example"))
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
