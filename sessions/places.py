"""Whether a folder is fit for sessions: not synced, not on the network, writable, with room.

Touches: disk, environment (given as a mapping).

Invariants: nothing is changed, but for one small file written and removed by ``writable``. A folder
counts as synced when its real place, with all links followed, says so: by the names a sync service
gives its folders, by the files it leaves there, by the environment, by an address on the network,
or by the kind of its mount.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from agreements.sentence import Sentence
from sessions.disk import probe
from sessions.errors import StorageError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ICLOUD: Final = "iCloud Drive"
_GOOGLE: Final = "Google Drive"
_NETWORK: Final = Sentence("a network share")

# Each matches a whole name, with its capitals: "box" and "dropbox-notes" are anybody's folders.
_NAMES: Final = (
    (re.compile(r"OneDrive( - .+)?"), "OneDrive"),
    (re.compile(r"Dropbox( \(.+\))?"), "Dropbox"),
    (re.compile(r"iCloud ?Drive"), _ICLOUD),
    (re.compile(r"Google ?Drive|My Drive|Shared drives"), _GOOGLE),
    (re.compile(r"Box( Sync)?"), "Box"),
)

# What macOS calls the folders of the services it hosts: the service, a dash, the account.
_CLOUD_STORAGE: Final = {
    "OneDrive": "OneDrive",
    "Dropbox": "Dropbox",
    "iCloud Drive": _ICLOUD,
    "GoogleDrive": _GOOGLE,
    "Box": "Box",
    "Nextcloud": "Nextcloud",
}

# What a service leaves at the top of the folder it syncs, whatever that folder is called.
_MARKERS: Final = (
    (".dropbox.cache", "Dropbox"),
    (".tmp.drivedownload", _GOOGLE),
    (".tmp.driveupload", _GOOGLE),
    (".nextcloudsync.log", "Nextcloud"),
    (".sync_*.db", "Nextcloud"),
    ("._sync_*.db", "Nextcloud"),
    (".stfolder", "Syncthing"),
)

_ONEDRIVE_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")

_SHARES: Final = (
    "cifs smb3 smbfs nfs nfs4 afs afpfs ceph davfs webdav fuse.davfs2 fuse.sshfs fuse.rclone "
    "fuse.s3fs fuse.glusterfs fuse.curlftpfs fuse.smbnetfs fuse.gvfsd-fuse"
)
_FILE_SYSTEMS: Final = dict.fromkeys(_SHARES.split(), _NETWORK) | {
    "fuse.google-drive-ocamlfuse": _GOOGLE,
    "fuse.onedriver": "OneDrive",
}

_LINUX_MOUNTS: Final = Path("/proc/self/mounts")
_LINUX_MOUNT: Final = re.compile(r"\S+ (?P<place>\S+) (?P<kind>\S+) \S+ \d+ \d+")
_MAC_MOUNT: Final = re.compile(r".+? on (?P<place>/.*) \((?P<kind>\w+)(, .*)?\)")
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


def synced_with(
    path: Path, env: Mapping[str, str], home: Path, mounts: str | None = None
) -> str | None:
    """Say which service copies a folder elsewhere, as a name to put in a sentence.

    A synced session is a leak: every saved version travels, and their times tell who wrote when.

    Args:
        path: The folder, which need not exist yet.
        env: The environment.
        home: The user's home.
        mounts: The system's table of mounts as text; read from the system when None.

    Returns:
        "OneDrive", "Dropbox", "iCloud Drive", "Google Drive", "Box", "Nextcloud", "Syncthing",
        "a network share", another service's own name, or None.
    """
    if _is_network_address(str(path)):
        return _NETWORK
    folder = _real(path)
    if _is_network_address(str(folder)):
        return _NETWORK
    return (
        _by_name(folder.parts)
        or _by_environment(folder, env)
        or _by_icloud_link(folder, home)
        or _by_marker(folder)
        or _by_mount(folder, _mounts() if mounts is None else mounts)
    )


def free_bytes(path: Path) -> int:
    """Room for this account on the disk of a folder, which need not exist yet.

    Args:
        path: The folder.

    Returns:
        How many bytes may still be written there.

    Raises:
        StorageError: The disk does not say.
    """
    try:
        return shutil.disk_usage(_nearest_folder(path)).free
    except OSError as error:
        raise StorageError.of(
            error, Sentence("measure the free space of {path}", path=shown(path))
        ) from error


def writable(path: Path) -> str | None:
    """Say why a folder takes no files, or, if it does not exist yet, the one it would be made in.

    Args:
        path: The folder.

    Returns:
        A sentence, or None when all is well.
    """
    try:
        probe(_nearest_folder(path))
    except StorageError as error:
        return error.sentence
    except OSError as error:
        return StorageError.of(error, Sentence("write in {path}", path=shown(path))).sentence
    return None


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links
        return path.absolute()


def _is_network_address(text: str) -> bool:
    r"""Whether a Windows path starts at a server; ``\\?\C:`` and Linux inside Windows do not."""
    if not text.startswith("\\\\"):
        return False
    server = text[2:].split("\\", 2)
    if server[0] in {"?", "."}:
        return len(server) > 1 and server[1].upper() == "UNC"
    return server[0].lower() not in {"wsl$", "wsl.localhost"}


def _by_name(parts: tuple[str, ...]) -> str | None:
    for above, name, below in zip(("", *parts), parts, (*parts[1:], ""), strict=False):
        if above == "Library" and name == "Mobile Documents":
            return _ICLOUD
        if above == "Library" and name == "CloudStorage" and below:
            service = below.split("-", 1)[0]  # after the dash comes the account
            return _CLOUD_STORAGE.get(service, shown(PurePath(service)))
        for pattern, service in _NAMES:
            if pattern.fullmatch(name):
                return service
    return None


def _by_environment(folder: Path, env: Mapping[str, str]) -> str | None:
    values = (Path(env[name]) for name in _ONEDRIVE_VARIABLES if env.get(name))
    roots = (_real(value) for value in values if value.is_absolute())
    return "OneDrive" if any(folder.is_relative_to(root) for root in roots) else None


def _by_icloud_link(folder: Path, home: Path) -> str | None:
    """With "Desktop & Documents" on, iCloud's folder links to the two where they are."""
    cloud = home / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    roots = (_real(cloud / name) for name in ("Desktop", "Documents"))
    return _ICLOUD if any(folder.is_relative_to(root) for root in roots) else None


def _by_marker(folder: Path) -> str | None:
    for place in (folder, *folder.parents):
        try:
            service = _marker_in(place)
        except OSError:  # not ours to look into: then it is not our account's sync folder either
            continue
        if service:
            return service
    return None


def _marker_in(place: Path) -> str | None:
    # In a home .dropbox is a folder with that program's settings; as a file it marks a synced one.
    if (place / ".dropbox").is_file():
        return "Dropbox"
    return next((service for pattern, service in _MARKERS if any(place.glob(pattern))), None)


def _by_mount(folder: Path, mounts: str) -> str | None:
    holding = [mount for mount in _parsed(mounts) if folder.is_relative_to(mount[0])]
    if not holding:
        return None
    # The deepest counts; of two at one place the later lies on top, and a sort keeps their order.
    holding.sort(key=lambda mount: len(mount[0].parts))
    return _FILE_SYSTEMS.get(holding[-1][1])


def _parsed(mounts: str) -> Iterator[tuple[Path, str]]:
    for line in mounts.splitlines():
        if found := _LINUX_MOUNT.fullmatch(line) or _MAC_MOUNT.fullmatch(line):
            place = _OCTAL.sub(lambda code: chr(int(code[1], 8)), found["place"])
            yield Path(place), found["kind"]


def _mounts() -> str:
    try:
        return (
            _mac_mounts() if sys.platform == "darwin" else os.fsdecode(_LINUX_MOUNTS.read_bytes())
        )
    except OSError:
        return ""


def _mac_mounts() -> str:
    import subprocess  # noqa: PLC0415  # costly, and needed nowhere else

    table = subprocess.run(["/sbin/mount"], capture_output=True, check=False).stdout
    return os.fsdecode(table)


def _nearest_folder(path: Path) -> Path:
    for place in (path, *path.parents):
        if place.is_dir():
            return place
        if place.exists():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
    return path
