"""What a push came to, for people."""

from rich.console import Console

from samestack.oci.copying import Amount, Copied
from samestack.oci.image_name import ImageName
from samestack.render.images.byte_words import byte_words, counted
from samestack.render.terminal_style import HEADING_STYLE, QUIET_STYLE, plain, print_text


def print_push(copied: Copied, name: ImageName, console: Console) -> None:
    """The name, the digest that it means now, and how each blob came there."""
    print_text(plain(str(name), HEADING_STYLE), console)
    print_text(plain(copied.descriptor.digest, QUIET_STYLE), console)
    amounts = (
        (copied.moved, "moved"),
        (copied.mounted, "taken over from another repository"),
        (copied.found, "there already"),
    )
    words = [_words(amount, how) for amount, how in amounts if amount.blobs]
    print_text(plain("; ".join(words) or "nothing to move"), console)


def _words(amount: Amount, how: str) -> str:
    return f"{counted(amount.blobs, 'blob')} ({byte_words(amount.bytes)}) {how}"
