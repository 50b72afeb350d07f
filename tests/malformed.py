"""Documents gone wrong, for the tests of whatever reads files that strangers wrote.

A test takes a valid document, spoils it with :func:`mutated` or :func:`corrupted_text`, writes it to a file
with :func:`as_json`, :func:`as_toml` or :func:`as_yaml`, and holds the reader to its contract with
:func:`assert_reads_or_refuses`::

    @hostile
    @given(mutated(VALID))
    def test_whatever_it_is_given_it_reads_or_refuses(document):
        with spoiled_file("poetry.lock", as_toml(document)) as path:
            assert_reads_or_refuses(read, path)
"""

import copy
import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from samestack.capture.observation import Observation
from samestack.errors import InputError
from samestack.model import Configuration, Host, Stack

hostile = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For tests that write a file for every example: ``@hostile``."""

Steps = tuple[str | int, ...]
"""The keys and indices that lead from a document's top to one of its nodes."""

_DEEP = 200
"""How deep a value is nested to be deep: more than any real document, less than what writers of JSON bear."""

SECRET = b"hunter2"
"""The password in these addresses, and in those of the tests: no reader may tell it."""

STRANGE_TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\n\r\u2028",
    "../../../etc/passwd",
    "/etc/passwd",
    "https://user:hunter2@host.example/path?token=hunter2",
    "git+ssh://user:hunter2@host.example/x@main#egg=x",
    "://",
    "https://[",
    "name @ file:///",
    "==",
    ">=1,",
    "1.0+local",
    "^",
    "~=1",
    "python_version < '3'",
    "sha256:",
    "9" * 5000,
    "(" * 300,
    "é\u202e\U0001f40d",
)
"""Texts that readers have been known to stumble over."""

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**25), max_value=10**25)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(STRANGE_TEXTS)
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def mutated(draw: st.DrawFn, document: object) -> object:
    """The document with one to three nodes replaced, deleted, duplicated, renamed or nested deep."""
    spoiled = copy.deepcopy(document)
    for _ in range(draw(st.integers(min_value=1, max_value=3))):
        steps = draw(st.sampled_from(list(_nodes(spoiled))))
        change = draw(st.sampled_from((_replace, _delete, _duplicate, _rename, _nest)))
        spoiled = change(draw, spoiled, steps)
    return spoiled


@st.composite
def corrupted_text(draw: st.DrawFn, text: str) -> bytes:
    """The text as bytes: cut off, or with pieces repeated, overwritten, taken out or put in.

    A strange text comes last and whole, and the text's own secrets are opened: a secret in half of an address
    is none that can be known.
    """
    data = text.encode().replace(SECRET, b"open")
    for _ in range(draw(st.integers(min_value=0, max_value=3))):
        start, end = sorted(draw(st.tuples(*[st.integers(min_value=0, max_value=len(data))] * 2)))
        middle = draw(
            st.sampled_from((b"", data[start:end] * 2, b"\0", b"\xff\xfe", b"[" * 3000, b"{" * 3000, b"\r"))
            | st.binary(max_size=20)
        )
        data = data[:start] + middle if draw(st.booleans()) else data[:start] + middle + data[end:]
    place = draw(st.integers(min_value=0, max_value=len(data)))
    strange = draw(st.sampled_from(("", *STRANGE_TEXTS))).encode("utf-8", "surrogatepass")
    return data[:place] + strange + data[place:]


def as_json(document: object) -> bytes:
    """Any mutated document as JSON."""
    return json.dumps(document, default=str).encode()


def as_yaml(document: object) -> bytes:
    """Any mutated document as YAML."""
    return yaml.safe_dump(document, allow_unicode=True).encode("utf-8", "surrogatepass")


def as_toml(document: object) -> bytes:
    """Any mutated document as TOML: null is left out, and a top that is no table makes malformed TOML."""
    if not isinstance(document, dict):
        return _toml_value(document).encode("utf-8", "surrogatepass")
    lines = (f"{_toml_text(key)} = {_toml_value(value)}\n" for key, value in _said(document))
    return "".join(lines).encode("utf-8", "surrogatepass")


@contextmanager
def spoiled_file(name: str, content: bytes) -> Iterator[Path]:
    """A file of this name and content, alone in a directory that goes away with it (one for each example)."""
    with tempfile.TemporaryDirectory(prefix="spoiled-") as directory:
        path = Path(directory, name)
        path.write_bytes(content)
        yield path


def assert_reads_or_refuses(read: Callable[[Path], Observation], path: Path) -> Observation | InputError:
    """A reader's contract: a well-formed observation, or a refusal in one line that names the file.

    Whatever else it raises, raises here. What came of it is returned, for a test that wants to know more.
    """
    try:
        observation = read(path)
    except InputError as refusal:
        _assert_well_put(refusal, path)
        return refusal
    _assert_well_formed(observation)
    return observation


def _assert_well_put(refusal: InputError, path: Path) -> None:
    assert str(path.parent) in refusal.file, f"names another file: {refusal.message}"
    assert len(refusal.message.splitlines()) == 1, f"not one line: {refusal.message!r}"
    assert len(refusal.message) < 2000, f"repeats the document: {refusal.message[:200]!r}"
    assert SECRET.decode() not in refusal.message, f"tells a secret: {refusal.message}"


def _assert_well_formed(observation: Observation) -> None:
    """Every component and remark has the types that it declares, can be written, and tells no secret."""
    written = msgspec.json.encode(observation)
    assert msgspec.json.decode(written, type=Observation) == observation
    assert SECRET not in written, "tells a secret"
    for composition in (Stack, Host, Configuration):
        composition.of(observation.components)


def _nodes(document: object, steps: Steps = ()) -> Iterator[Steps]:
    yield steps
    if isinstance(document, dict):
        for key, value in document.items():
            yield from _nodes(value, (*steps, key))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from _nodes(value, (*steps, index))


def _with(document: Any, steps: Steps, change: Callable[[Any, str | int], None]) -> Any:
    """Change a node by way of its container, which ``change`` gets with the node's key or index."""
    if not steps:
        holder = {"top": document}
        change(holder, "top")
        return holder.get("top", {})
    container = document
    for step in steps[:-1]:
        container = container[step]
    change(container, steps[-1])
    return document


def _replace(draw: st.DrawFn, document: object, steps: Steps) -> object:
    value = draw(_VALUES)
    return _with(document, steps, lambda container, step: container.__setitem__(step, value))


def _delete(draw: st.DrawFn, document: object, steps: Steps) -> object:
    return _with(document, steps, lambda container, step: container.__delitem__(step))


def _duplicate(draw: st.DrawFn, document: object, steps: Steps) -> object:
    def duplicate(container: Any, step: str | int) -> None:
        twin = copy.deepcopy(container[step])
        if isinstance(container, list):
            container.append(twin)
        else:
            container[f"{step}-twin"] = twin

    return _with(document, steps, duplicate)


def _rename(draw: st.DrawFn, document: object, steps: Steps) -> object:
    name = draw(st.text(max_size=12) | st.sampled_from(STRANGE_TEXTS))

    def rename(container: Any, step: str | int) -> None:
        if isinstance(container, dict):
            container[name] = container.pop(step)

    return _with(document, steps, rename)


def _nest(draw: st.DrawFn, document: object, steps: Steps) -> object:
    key = draw(st.none() | st.sampled_from(("", "a", "name")))
    depth = draw(st.sampled_from((1, 2, _DEEP)))

    def nest(container: Any, step: str | int) -> None:
        for _ in range(depth):
            container[step] = [container[step]] if key is None else {key: container[step]}

    return _with(document, steps, nest)


def _said(table: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(key), value) for key, value in table.items() if value is not None]


def _toml_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml_value(value: object) -> str:
    if isinstance(value, str):
        return _toml_text(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml_text(key)} = {_toml_value(one)}" for key, one in _said(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml_value(one) for one in value if one is not None) + "]"
    return value.isoformat() if isinstance(value, dt.date) else json.dumps(value)
