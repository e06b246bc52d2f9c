"""Which folders are synced or on the network, and which only look like it."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from sessions import places
from sessions.errors import StorageError
from sessions.places import free_bytes, synced_with, writable

# Words as the system gives them; the folders of the tests lie under {root}.
LINUX_MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
//server/share {root}/cifs cifs rw,vers=3.1.1 0 0
//server/share {root}/smb3 smb3 rw 0 0
server:/export {root}/nfs nfs rw 0 0
server:/export {root}/nfs4 nfs4 rw 0 0
me@server: {root}/sshfs fuse.sshfs rw 0 0
remote: {root}/rclone fuse.rclone rw 0 0
https://dav {root}/davfs davfs rw 0 0
gdfuse {root}/gdrive fuse.google-drive-ocamlfuse rw 0 0
onedriver {root}/onedriver fuse.onedriver rw 0 0
server:/export {root}/a\\040place nfs4 rw 0 0
C:\\134 {root}/wsl 9p rw 0 0
/dev/sdb1 {root}/usb vfat rw 0 0
/dev/sdb2 {root}/nfs/local ext4 rw 0 0
/dev/sdc1 {root}/twice ext4 rw 0 0
server:/export {root}/twice nfs4 rw 0 0
veracrypt {root}/fuse fuse.veracrypt rw 0 0
"""
MAC_MOUNTS = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//me@server/share on {root}/a share (smbfs, nodev, nosuid, mounted by me)
/dev/disk4s1 on {root}/usb (msdos, local, nodev)
server:/export on {root}/nfs (nfs)
"""

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="mounts and links of POSIX")


def place_of(folder: Path, env: dict[str, str] | None = None, mounts: str = "") -> str | None:
    """Judge a folder with a home that is not the machine's."""
    return synced_with(folder, env or {}, folder.anchor / Path("home", "nobody"), mounts)


@pytest.mark.parametrize(
    ("inside", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Contoso Ltd", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Library/Mobile Documents", "iCloud Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/talks", "iCloud Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Library/CloudStorage/OneDrive-Contoso", "OneDrive"),
        ("Library/CloudStorage/Dropbox", "Dropbox"),
        ("Library/CloudStorage/GoogleDrive-me@example.org/Meine Ablage", "Google Drive"),
        ("Library/CloudStorage/Box-Box", "Box"),
        ("Library/CloudStorage/ProtonDrive-me@example.org", "ProtonDrive"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive/talks", "Google Drive"),
        ("My Drive", "Google Drive"),
        ("Shared drives/Team", "Google Drive"),
        ("Box", "Box"),
        ("Box Sync", "Box"),
    ],
)
def test_a_folder_is_known_by_the_names_above_it(tmp_path: Path, inside: str, service: str) -> None:
    """The folder itself and all below it belong to the service, also before they exist."""
    # promise 36
    assert place_of(tmp_path / inside) == service
    assert place_of(tmp_path / inside / "data" / "sessions") == service


@pytest.mark.parametrize(
    "inside",
    [
        "box",
        "boxes",
        "Box of papers",
        "dropbox",
        "dropbox-notes",
        "My Dropbox notes",
        "OneDriver",
        "onedrive",
        "OneDrive-backup",
        "Google Drives",
        "my drive",
        "Nextcloud",
        "Library/Application Support/dialogue",
        "Library/Caches",
        "Mobile Documents",
        "CloudStorage/Thing-1",
        "stfolder",
    ],
)
def test_a_folder_that_only_sounds_like_it_is_free(tmp_path: Path, inside: str) -> None:
    """Names that merely resemble those of a service refuse nobody."""
    (tmp_path / inside).mkdir(parents=True)
    assert place_of(tmp_path / inside / "sessions") is None


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache/", "Dropbox"),
        (".sync_0a1b2c3d4e5f.db", "Nextcloud"),
        ("._sync_0a1b2c3d4e5f.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".stfolder/", "Syncthing"),
        (".tmp.drivedownload/", "Google Drive"),
    ],
)
def test_a_folder_is_known_by_what_the_service_left_in_it(
    tmp_path: Path, marker: str, service: str
) -> None:
    """A synced folder under any name is found by its mark, from any depth, and only from inside."""
    # promise 36
    root = tmp_path / "Work"
    root.mkdir()
    (root / marker).mkdir() if marker.endswith("/") else (root / marker).touch()
    assert place_of(root) == service
    assert place_of(root / "data" / "sessions" / "one") == service
    assert place_of(tmp_path / "Other") is None


def test_the_settings_of_dropbox_in_a_home_do_not_make_the_home_synced(tmp_path: Path) -> None:
    """A home with the program's settings folder is not a synced folder."""
    (tmp_path / ".dropbox").mkdir()
    assert place_of(tmp_path / "data") is None


def test_a_folder_nobody_may_look_into_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a folder above cannot be searched for marks, the others still are."""

    def closed(place: Path) -> NoReturn:
        raise PermissionError(errno.EACCES, "closed", str(place))

    monkeypatch.setattr(places, "_marker_in", closed)
    assert place_of(tmp_path) is None


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_the_environment_names_onedrives_folder(tmp_path: Path, name: str) -> None:
    """OneDrive's folder is known by its variables whatever it is called."""  # promise 36
    env = {name: str(tmp_path / "Work")}
    assert place_of(tmp_path / "Work", env) == "OneDrive"
    assert place_of(tmp_path / "Work" / "sessions", env) == "OneDrive"
    assert place_of(tmp_path / "Workshop", env) is None


@pytest.mark.parametrize("value", ["", ".", "Work"])
def test_a_variable_that_names_no_place_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """An empty or relative value says nothing about where OneDrive is."""
    monkeypatch.chdir(tmp_path)
    assert place_of(tmp_path / "Work", {"OneDrive": value}) is None


@posix_only
def test_a_link_into_a_synced_folder_counts(tmp_path: Path) -> None:
    """What matters is where the files really are."""  # promise 36
    (tmp_path / "Dropbox" / "data").mkdir(parents=True)
    (tmp_path / "data").symlink_to(tmp_path / "Dropbox" / "data")
    assert place_of(tmp_path / "data" / "sessions") == "Dropbox"


@posix_only
def test_a_link_out_of_a_synced_folder_is_free(tmp_path: Path) -> None:
    """A link kept in a synced folder does not carry along what it leads to."""
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "local").mkdir()
    (tmp_path / "Dropbox" / "data").symlink_to(tmp_path / "local")
    assert place_of(tmp_path / "Dropbox" / "data" / "sessions") is None


@posix_only
def test_a_loop_of_links_is_judged_by_its_name(tmp_path: Path) -> None:
    """A path that leads nowhere is no crash."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert place_of(tmp_path / "a" / "Dropbox") == "Dropbox"
    assert place_of(tmp_path / "a" / "data") is None


@posix_only
def test_documents_that_icloud_took_over_count(tmp_path: Path) -> None:
    """With "Desktop & Documents" in iCloud the two stay in place and are synced."""  # promise 36
    cloud = tmp_path / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    cloud.mkdir(parents=True)
    (tmp_path / "Documents").mkdir()
    (cloud / "Documents").symlink_to(tmp_path / "Documents")
    assert synced_with(tmp_path / "Documents" / "talks", {}, tmp_path, "") == "iCloud Drive"
    assert synced_with(tmp_path / "Desktop", {}, tmp_path, "") is None


@pytest.mark.parametrize(
    ("address", "service"),
    [
        (r"\\server\share\data", "a network share"),
        (r"\\192.0.2.7\share", "a network share"),
        (r"\\?\UNC\server\share", "a network share"),
        (r"\\.\unc\server\share", "a network share"),
        (r"\\?\C:\data", None),
        (r"\\wsl$\Debian\home\me", None),
        (r"\\wsl.localhost\Debian\home\me", None),
    ],
)
def test_an_address_on_the_network_counts(address: str, service: str | None) -> None:
    """A Windows path that starts at a server is a share; the computer's own do not."""
    # promise 36
    assert place_of(Path(address)) == service


@posix_only
@pytest.mark.parametrize(
    ("inside", "service"),
    [
        ("cifs", "a network share"),
        ("smb3/data", "a network share"),
        ("nfs", "a network share"),
        ("nfs4", "a network share"),
        ("sshfs", "a network share"),
        ("rclone", "a network share"),
        ("davfs", "a network share"),
        ("gdrive", "Google Drive"),
        ("onedriver", "OneDrive"),
        ("a place/data", "a network share"),
        ("twice", "a network share"),
        ("nfs/local/data", None),
        ("nfsx", None),
        ("wsl", None),
        ("usb", None),
        ("fuse", None),
        ("", None),
    ],
)
def test_the_kind_of_mount_tells_on_linux(tmp_path: Path, inside: str, service: str | None) -> None:
    """The deepest mount above a folder decides, the later of two at one place."""  # promise 36
    mounts = LINUX_MOUNTS.replace("{root}", str(tmp_path))
    assert place_of(tmp_path / inside, mounts=mounts) == service


@posix_only
@pytest.mark.parametrize(
    ("inside", "service"),
    [("a share/data", "a network share"), ("nfs", "a network share"), ("usb", None), ("", None)],
)
def test_the_kind_of_mount_tells_on_macos(tmp_path: Path, inside: str, service: str | None) -> None:
    """The table that macOS prints is read as well."""  # promise 36
    mounts = MAC_MOUNTS.replace("{root}", str(tmp_path))
    assert place_of(tmp_path / inside, mounts=mounts) == service


def test_without_a_table_of_mounts_a_folder_is_judged_by_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that shows no mounts, or nonsense, refuses nobody."""
    monkeypatch.setattr(places, "_LINUX_MOUNTS", tmp_path / "missing")
    home = tmp_path / "home"
    assert synced_with(tmp_path / "data", {}, home) is None
    assert synced_with(tmp_path / "Dropbox", {}, home) == "Dropbox"
    assert synced_with(tmp_path / "data", {}, home, "what is this\n\n(nfs)\n") is None


def test_the_table_of_this_system_can_be_read(tmp_path: Path) -> None:
    """A temporary folder of this computer is on no network."""
    assert synced_with(tmp_path, {}, tmp_path / "home") is None


def test_free_space_is_told_for_a_folder_to_come(tmp_path: Path) -> None:
    """The disk of the nearest folder that exists is measured."""
    told = free_bytes(tmp_path / "data" / "sessions")
    assert told == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.2, abs=1 << 24)


def test_free_space_that_cannot_be_told_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that does not answer is reported in words."""

    def silent(_path: object) -> NoReturn:
        raise OSError(errno.EIO, "silent")

    monkeypatch.setattr(shutil, "disk_usage", silent)
    with pytest.raises(StorageError, match="Could not measure the free space of"):
        free_bytes(tmp_path)


def test_a_writable_folder_is_left_as_it_was(tmp_path: Path) -> None:
    """Trying leaves nothing behind, and makes no folder that was not there."""
    assert writable(tmp_path) is None
    assert writable(tmp_path / "data" / "sessions") is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_below_a_file_is_not_writable(tmp_path: Path) -> None:
    """Where a file has the name of a folder, the sentence says so."""
    (tmp_path / "data").touch()
    for folder in (tmp_path / "data", tmp_path / "data" / "sessions"):
        sentence = writable(folder)
        assert sentence is not None
        assert "something else has that name" in sentence


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "there is no space left"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "your account is not allowed to"),
    ],
)
def test_a_folder_that_takes_nothing_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    """The reason is the system's, the sentence ours."""

    def refuse(_descriptor: int, _data: bytes) -> NoReturn:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "write", refuse)
    sentence = writable(tmp_path)
    assert sentence is not None
    assert sentence.startswith(f"Could not write in {tmp_path}: {words}")
    assert list(tmp_path.iterdir()) == []
