"""From the bytes of a file to the texts in it: nothing of binary files, the cells of notebooks, else one."""

from collections.abc import Iterator
from typing import Final

from msgspec import structs

from samestack.config.scanning.text import Text

MAX_FILE_BYTES: Final = 2 << 20
"""A larger file is data: what people write by hand has less."""
MAX_NOTEBOOK_BYTES: Final = 32 << 20
"""Notebooks keep pictures, which are passed over."""
_BINARY_ENDINGS: Final = (
    ".7z", ".a", ".avif", ".bin", ".bmp", ".bz2", ".ckpt", ".class", ".deb", ".dll", ".dylib", ".eot",
    ".exe", ".gguf", ".gif", ".gz", ".h5", ".ico", ".jar", ".jpeg", ".jpg", ".mo", ".mp3", ".mp4",
    ".npy", ".npz", ".o", ".onnx", ".otf", ".parquet", ".pdf", ".png", ".pt", ".pth", ".pyc", ".rpm",
    ".safetensors", ".so", ".tar", ".tgz", ".ttf", ".wasm", ".wav", ".webm", ".webp", ".whl", ".woff",
    ".woff2", ".xz", ".zip", ".zst",
)  # fmt: skip
_NOTEBOOK: Final = ".ipynb"
_SNIFFED_BYTES: Final = 8192
_WIDE: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def is_read(path: str, size: int) -> bool:
    """Whether a file of that name and size is looked into at all."""
    limit = MAX_NOTEBOOK_BYTES if path.endswith(_NOTEBOOK) else MAX_FILE_BYTES
    return size <= limit and not path.lower().endswith(_BINARY_ENDINGS)


def texts_of(path: str, data: bytes, *, part: str = "") -> Iterator[Text]:
    """The texts of a file; ``part`` says where the file stands, where that is no directory."""
    content = _decoded(data)
    if content is None:
        return
    if path.endswith(_NOTEBOOK):
        from samestack.config.scanning.places.notebooks import notebook_texts

        for text in notebook_texts(path, data):
            yield structs.replace(text, part=", ".join(filter(None, (part, text.part))), is_file=False)
    else:
        yield Text(path=path, content=content, part=part, is_file=not part)


def looks_binary(data: bytes) -> bool:
    """Whether the first bytes are no text's."""
    return b"\0" in data[:_SNIFFED_BYTES] and not data.startswith(tuple(mark for mark, _ in _WIDE))


def _decoded(data: bytes) -> str | None:
    """Text of any encoding: secrets are ASCII, so what is no UTF-8 may be replaced. ``None`` for no text."""
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return None if looks_binary(data) else data.decode("utf-8-sig", "replace")
