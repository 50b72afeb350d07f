"""Sizes in words."""

from rich.filesize import decimal


def byte_words(size: int) -> str:
    """A size in powers of a thousand, as registries and disks are sold: ``1.2 GB``."""
    return decimal(size)


def counted(number: int, word: str) -> str:
    """``1 file``, ``2 files``, ``29,321 files``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
