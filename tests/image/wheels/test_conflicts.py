"""Packages that share a path agree on it, or are told."""

import pytest

from samestack.errors import RequestError
from samestack.image.layers.contents import PlainContent
from samestack.image.layers.entry import LayerEntry
from samestack.image.wheels.conflicts import Conflict, conflicts, refuse_conflicts


def _file(path: str, data: bytes = b"") -> LayerEntry:
    return LayerEntry(path=path, content=PlainContent(data))


def test_equal_files_of_a_namespace_are_no_conflict() -> None:
    placed = {
        "a": [_file("ns/__init__.py"), _file("ns/a.py")],
        "b": [_file("ns/__init__.py"), _file("ns/b.py")],
    }
    assert conflicts(placed) == ()
    refuse_conflicts(placed)


def test_all_owners_of_a_conflict_are_told() -> None:
    placed = {"b": [_file("x", b"1")], "a": [_file("x", b"2")], "c": [_file("x", b"1")], "d": [_file("y")]}
    assert conflicts(placed) == (Conflict("x", ("a", "b", "c")),)
    with pytest.raises(RequestError, match="a and b and c want different things at x"):
        refuse_conflicts(placed)


def test_a_file_where_another_package_has_a_directory() -> None:
    placed = {"a": [_file("bin/tool")], "b": [_file("bin/tool/part")], "c": [_file("bin/tool/more/part")]}
    assert set(conflicts(placed)) == {Conflict("bin/tool", ("a", "b")), Conflict("bin/tool", ("a", "c"))}
