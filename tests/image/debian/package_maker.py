"""Debian packages and a mirror of them, made in a test: nothing here comes from dpkg."""

import gzip
import hashlib
import io
import lzma
import tarfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import zstandard

PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}
Files = Mapping[str, bytes | str]


def file(name: str, **more: object) -> tarfile.TarInfo:
    """What stands at a path of a tar archive."""
    info = tarfile.TarInfo(name)
    info.mode = 0o644
    for key, value in more.items():
        setattr(info, key, value)
    return info


def folder(name: str, mode: int = 0o755) -> tarfile.TarInfo:
    return file(name, type=tarfile.DIRTYPE, mode=mode)


def link(name: str, target: str, *, is_hard: bool = False) -> tarfile.TarInfo:
    return file(name, type=tarfile.LNKTYPE if is_hard else tarfile.SYMTYPE, linkname=target)


def tar(members: Iterable[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    """An archive of these, as it is."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def ar(parts: Iterable[tuple[str, bytes]]) -> bytes:
    out = b"!<arch>\n"
    for name, data in parts:
        out += f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n".encode()
        out += data + b"\n" * (len(data) % 2)
    return out


def described(fields: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def fields(name: str, version: str = "1.0", **more: str) -> dict[str, str]:
    """A description; ``Pre_Depends`` stands for ``Pre-Depends``."""
    known = {"Package": name, "Version": version, "Architecture": "amd64", "Maintainer": "A <a@example.com>"}
    return {**known, **{key.replace("_", "-"): value for key, value in more.items()}}


def deb(
    about: Mapping[str, str],
    members: Iterable[tuple[tarfile.TarInfo, bytes]] = (),
    control: Files | None = None,
    *,
    suffix: str = ".xz",
) -> bytes:
    """A package."""
    texts: Files = {"control": described(about) + "Description: made\n in a test\n", **(control or {})}
    described_by = [(file(f"./{name}"), _bytes(text)) for name, text in texts.items()]
    return ar(
        [
            ("debian-binary", b"2.0\n"),
            ("control.tar.gz", gzip.compress(tar(described_by))),
            (f"data.tar{suffix}", PACKERS[suffix](tar(members))),
        ]
    )


def tree(files: Files) -> list[tuple[tarfile.TarInfo, bytes]]:
    """Files with all their parents, as dpkg-deb writes them."""
    members: dict[str, tuple[tarfile.TarInfo, bytes]] = {}
    for path, data in files.items():
        parts = path.split("/")
        for count in range(1, len(parts)):
            name = "./" + "/".join(parts[:count])
            members.setdefault(name, (folder(name), b""))
        members[path] = (file(f"./{path}"), _bytes(data))
    return list(members.values())


class MadeMirror:
    """A mirror in a directory, which a ``file:`` address names."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._indexed: dict[tuple[str, str], list[str]] = {}

    @property
    def address(self) -> str:
        return f"file://{self.directory}"

    def add(self, about: Mapping[str, str], data: bytes, suite: str = "bookworm") -> Path:
        """Put a package into a suite."""
        path = self.directory / "pool" / f"{about['Package']}_{about['Version'].replace(':', '%3a')}.deb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        stated = {
            "Filename": f"pool/{path.name}",
            "Size": len(data),
            "SHA256": hashlib.sha256(data).hexdigest(),
        }
        row = described({**{key: str(value) for key, value in stated.items()}, **about})
        self._indexed.setdefault((suite, "amd64"), []).append(row)
        return path

    def publish(self, origin: str = "Debian", **more: str) -> None:
        """Write the indexes of all suites."""
        for (suite, architecture), rows in self._indexed.items():
            root = self.directory / "dists" / suite
            path = f"main/binary-{architecture}/Packages.xz"
            data = lzma.compress("\n".join(rows).encode())
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
            about = {"Origin": origin, "Suite": "oldstable", "Codename": suite, **more}
            listed = f"SHA256:\n {hashlib.sha256(data).hexdigest()} {len(data)} {path}\n"
            (root / "InRelease").write_text(clear_signed(described(about) + listed))


def clear_signed(text: str) -> str:
    """A message as it is signed, with no signature in it."""
    return (
        f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{text}"
        "-----BEGIN PGP SIGNATURE-----\n\nnone\n-----END PGP SIGNATURE-----\n"
    )


def _bytes(data: bytes | str) -> bytes:
    return data.encode() if isinstance(data, str) else data
