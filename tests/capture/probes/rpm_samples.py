"""Small rpm databases, written as rpm writes them; ``tests/services/test_rpm_databases.py`` has rpm's own."""

import sqlite3
import struct
from collections.abc import Sequence
from pathlib import Path

PAGE_BYTES = 4096


def header(
    name: str, version: str = "1.0", release: str = "1", *, epoch: int = 0, architecture: str = "x86_64"
) -> bytes:
    """A package's header: the texts that identify it, and a long list of files."""
    values: list[tuple[int, int, bytes]] = [
        (1000, 6, name.encode() + b"\0"),
        (1001, 6, version.encode() + b"\0"),
        (1002, 6, release.encode() + b"\0"),
        *([(1003, 4, struct.pack(">I", epoch))] if epoch else []),
        (1022, 6, architecture.encode() + b"\0"),
        (1117, 8, b"file\0" * 2000),
    ]
    index, store = b"", b""
    for tag, kind, value in values:
        index += struct.pack(">IIII", tag, kind, len(store), 1)
        store += value
    return struct.pack(">II", len(values), len(store)) + index + store


def ndb_database(headers: Sequence[bytes]) -> bytes:
    """A ``Packages.db`` with one page of slots."""
    slots, blobs = b"", b""
    for number, blob in enumerate(headers, start=1):
        block = (PAGE_BYTES + len(blobs)) // 16
        body = struct.pack("<4sIII", b"BlbS", number, 1, len(blob)) + blob
        body += bytes(-(len(body) + 12) % 16) + struct.pack("<II4s", 0, len(blob), b"BlbE")
        slots += struct.pack("<4sIII", b"Slot", number, block, len(body) // 16)
        blobs += body
    start = struct.pack("<4sIIII", b"RpmP", 0, 1, 1, len(headers) + 1).ljust(32, b"\0") + slots
    empty = b"Slot" + bytes(12)
    return start + empty * ((PAGE_BYTES - len(start)) // 16) + blobs


def berkeley_database(headers: Sequence[bytes], order: str = "<") -> bytes:
    """A ``Packages`` hash file: one hash page of references, and each header on pages of its own."""
    overflow = b""
    entries: list[bytes] = [b"\1" + bytes(4), b"\1" + struct.pack(f"{order}I", len(headers))]
    for number, blob in enumerate(headers, start=1):
        first = 2 + len(overflow) // PAGE_BYTES
        overflow += _overflow_pages(blob, first, order)
        entries.append(b"\1" + struct.pack(f"{order}I", number))
        entries.append(struct.pack(f"{order}B3xII", 3, first, len(blob)))
    last = 1 + len(overflow) // PAGE_BYTES
    meta = bytearray(PAGE_BYTES)
    struct.pack_into(f"{order}III", meta, 12, 0x061561, 9, PAGE_BYTES)
    meta[25] = 8
    struct.pack_into(f"{order}I", meta, 32, last)
    return bytes(meta) + _hash_page(entries, order) + overflow


def _hash_page(entries: Sequence[bytes], order: str) -> bytes:
    page = bytearray(PAGE_BYTES)
    struct.pack_into(f"{order}IIIHHBB", page, 8, 1, 0, 0, len(entries), 0, 0, 13)
    end = PAGE_BYTES
    for place, entry in enumerate(entries):
        end -= len(entry)
        page[end : end + len(entry)] = entry
        struct.pack_into(f"{order}H", page, 26 + 2 * place, end)
    return bytes(page)


def _overflow_pages(blob: bytes, first: int, order: str) -> bytes:
    room = PAGE_BYTES - 26
    parts = [blob[start : start + room] for start in range(0, len(blob), room)]
    pages = b""
    for place, part in enumerate(parts):
        following = first + place + 1 if place + 1 < len(parts) else 0
        head = struct.pack(f"{order}IIIHHBB", first + place, 0, following, 1, len(part), 0, 7)
        pages += (bytes(8) + head + part).ljust(PAGE_BYTES, b"\0")
    return pages


def sqlite_database(path: Path, headers: Sequence[bytes]) -> bytes:
    """An ``rpmdb.sqlite``; ``path`` is where SQLite may write it."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)"
        )
        connection.executemany("INSERT INTO Packages (blob) VALUES (?)", [(blob,) for blob in headers])
    connection.close()
    return path.read_bytes()
