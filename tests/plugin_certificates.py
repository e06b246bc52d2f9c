"""Certificates for tests, made by openssl: good ones, and one for each thing that can be wrong."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogue.web.tls import Tls

_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
_CA = """
[ca]
default_ca = own
[own]
database = {folder}/index
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = any
x509_extensions = more
[any]
[more]
subjectAltName = {names}
"""

MakeTls = Callable[..., Tls]
"""Makes a certificate for some names, such as `DNS:host.example,IP:127.0.0.1`."""


def openssl(*arguments: str | Path) -> None:
    """Run openssl quietly."""
    command = ["openssl", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


@pytest.fixture
def make_tls(tmp_path: Path) -> MakeTls:
    """Return a way to make certificates that sign themselves."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here: TLS was not tried")

    def make(names: str = "", *, name: str = "", file: str = "own") -> Tls:
        made = Tls(tmp_path / f"{file}.pem", tmp_path / f"{file}.key", name)
        extra = ("-addext", f"subjectAltName={names}") if names else ()
        where = ("-keyout", made.key, "-out", made.certificate)
        openssl("req", "-x509", *_KEY, "-days", "2", "-subj", "/CN=room", *extra, *where)
        return made

    return make


@pytest.fixture
def dated_tls(make_tls: MakeTls, tmp_path: Path) -> Callable[[str, str], Tls]:
    """Return a way to make a certificate that is good from one day to another (YYYYMMDD)."""
    del make_tls  # it knows whether there is an openssl

    def make(first: str, last: str) -> Tls:
        folder = tmp_path / "authority"
        folder.mkdir()
        (folder / "index").touch()
        (folder / "serial").write_text("01\n")
        (folder / "own.cnf").write_text(_CA.format(folder=folder, names="DNS:room.example"))
        made = Tls(folder / "dated.pem", folder / "dated.key")
        request = folder / "asked.csr"
        openssl("req", "-new", *_KEY, "-subj", "/CN=room", "-keyout", made.key, "-out", request)
        days = ("-startdate", f"{first}000000Z", "-enddate", f"{last}000000Z")
        signing = ("-batch", "-selfsign", "-config", folder / "own.cnf", "-keyfile", made.key)
        openssl("ca", *signing, "-in", request, *days, "-out", made.certificate, "-notext")
        return made

    return make
