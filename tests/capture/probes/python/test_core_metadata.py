"""Names and versions, in METADATA and in the names of directories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.python.core_metadata import (
    Identity,
    differ,
    directory_identity,
    identity_oddities,
    read_metadata,
    stated_identity,
)
from tests.capture.probes.memory_tree import MemoryTree
from tests.malformed import corrupted_text

METADATA = "Metadata-Version: 2.4\nName: Demo.Package\nVersion: 1.0.post1\nSummary: demo\n\nName: other\n"


@pytest.mark.parametrize(
    ("content", "identity"),
    [
        (METADATA, Identity("Demo.Package", "1.0.post1")),
        (METADATA.replace("\n", "\r\n"), Identity("Demo.Package", "1.0.post1")),
        ("Version: 2\nClassifier: A\nname:x\n\n", Identity("x", "2")),
        ("Name: x\nVersion: 1!2.0+cu118", Identity("x", "1!2.0+cu118")),
        ("Name: x\n\nVersion: 1\n", Identity("x", None)),
        ("Name: x\r\n\r\nVersion: 1\r\n", Identity("x", None)),
        ("Name: \nVersion: \n", Identity()),
        ("Name: ../../x\nVersion: a b\n", Identity()),
        ("Name: x\x1b[31m\nVersion: 1\x07\n", Identity()),
        (
            "Name: https://user:hunter2@host.example/\nVersion: https://user:hunter2@host.example/\n",
            Identity(),
        ),
        ("Name: -x\nVersion: .1\n", Identity()),
        ("", Identity()),
    ],
)
def test_what_metadata_states(content: str, identity: Identity) -> None:
    assert stated_identity(content.encode()) == identity


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("numpy-1.26.4.dist-info", Identity("numpy", "1.26.4")),
        ("ruamel.yaml-0.18.6.dist-info", Identity("ruamel.yaml", "0.18.6")),
        ("torch-2.1.0+cu118.dist-info", Identity("torch", "2.1.0+cu118")),
        ("foo-bar-1.0.dist-info", Identity("foo-bar", "1.0")),
        ("foo.dist-info", Identity("foo", None)),
        ("foo-bar.egg-info", Identity("foo-bar", None)),
        ("six-1.16.0-py3.11.egg-info", Identity("six", "1.16.0")),
        ("PyYAML-6.0-py3.8-linux-x86_64.egg", Identity("PyYAML", "6.0")),
        ("foo.egg-link", Identity("foo", None)),
        ("-umpy-1.0.dist-info", Identity(None, "1.0")),
        (".dist-info", Identity()),
        ("-.dist-info", Identity()),
    ],
)
def test_what_the_name_of_a_directory_says(name: str, identity: Identity) -> None:
    assert directory_identity(name) == identity


@pytest.mark.parametrize(
    ("stated", "named", "is_different"),
    [
        (Identity("Foo.Bar", "1.0"), Identity("foo_bar", "1.0"), False),
        (Identity("foo", "1.0-beta"), Identity("foo", "1.0b0"), False),
        (Identity("foo", "2020.04.05"), Identity("foo", "2020.4.5"), False),
        (Identity("foo", "1.0.0"), Identity("foo", "1.0"), False),
        (Identity("foo", "1.0"), Identity("foo", None), False),
        (Identity("foo", "1.0"), Identity(None, "1.0"), False),
        (Identity("foo", "2.0"), Identity("foo", "1.0"), True),
        (Identity("foo", "1.0"), Identity("bar", "1.0"), True),
    ],
)
def test_when_the_two_speak_of_different_things(
    stated: Identity, named: Identity, *, is_different: bool
) -> None:
    assert differ(stated, named) is is_different


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        ({}, ["missing-metadata"]),
        ({"/METADATA": ""}, ["missing-metadata"]),
        ({"/METADATA": "Name: foo\n"}, ["malformed-metadata"]),
        ({"/METADATA": "Name: foo\nVersion: 2\n"}, ["directory-differs"]),
        ({"/METADATA": "Name: foo\nVersion: 1\n"}, []),
    ],
)
def test_what_is_odd_has_a_code(files: dict[str, str], codes: list[str]) -> None:
    read = read_metadata(MemoryTree(files), "/METADATA")
    assert [code for code, _ in identity_oddities(read, Identity("foo", "1"), "METADATA")] == codes


def test_an_invalid_name_of_a_directory_has_a_code() -> None:
    read = read_metadata(MemoryTree({"/METADATA": METADATA}), "/METADATA")
    assert [code for code, _ in identity_oddities(read, Identity(), "METADATA")] == [
        "invalid-distribution-name"
    ]


@given(st.binary(max_size=300) | corrupted_text(METADATA))
def test_whatever_stands_in_it_names_and_versions_are_such(content: bytes) -> None:
    stated = stated_identity(content)
    assert stated.name is None or stated.name.isascii()
    assert stated.version is None or (stated.version.isprintable() and " " not in stated.version)


@given(st.text(max_size=40))
def test_any_name_of_a_directory_can_be_read(name: str) -> None:
    differ(directory_identity(name), directory_identity(f"{name}-1.0.dist-info"))
