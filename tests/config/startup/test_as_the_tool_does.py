"""The tool and the program read the same sources to the same variables, values and origins."""

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.entry import Entry, Origin
from samestack.config.layering import layered
from samestack.config.names import leaves, variable_name
from samestack.config.rank import Rank
from samestack.config.schema.class_reader.variables import reader_of, variables_of
from samestack.config.schema.field import Field
from samestack.config.settings import ConfigSettings
from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.config.sources.profile_documents import documents_of
from samestack.config.startup import entry as own
from samestack.config.startup import layering as own_layering
from samestack.config.startup import names as own_names
from samestack.config.startup.classes import shape_of
from samestack.config.startup.entry import UnreadableError
from samestack.config.startup.sources.document import document_entries, document_of, stems_of
from samestack.config.startup.sources.dotenv_file import dotenv_entries
from samestack.config.startup.sources.process_environment import environment_entries
from samestack.config.startup.sources.secret_directory import secret_entries
from samestack.errors import InputError, SamestackError
from samestack.outside.source_error import SourceError
from tests.config.startup.classes import ModelOne, ModelTwo, SettingsOne, SettingsTwo
from tests.config.startup.test_pydantic import (
    AliasedOne,
    ByName,
    Node,
    Partly,
    Prefixed,
    PrefixedOne,
    Reachable,
    Strict,
    Whole,
)

READ_BY_BOTH: tuple[type[Any], ...] = (
    *(ModelOne, ModelTwo, SettingsOne, SettingsTwo, AliasedOne, ByName, Node, Partly, Prefixed),
    *(PrefixedOne, Reachable, Strict, Whole),
)
Told = list[tuple[str, Any, int, str, str]]
WORDS = st.sampled_from(["a", "B", "a-b", "a.b", "a__b", "x1", "ä", "1", "a b", ""])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(["", "1", "text"]))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=3)
)
DOCUMENTS = st.dictionaries(WORDS, VALUES, max_size=4)


def of_tool(entries: Iterable[Entry]) -> Told:
    return [
        (one.name, one.value, int(one.origin.rank), one.origin.source, one.origin.place) for one in entries
    ]


def of_program(entries: Iterable[own.Entry]) -> Told:
    return [(one.name, one.value, one.rank, one.source, one.place) for one in entries]


def ask(kind: str, locator: str, **question: Any) -> Told | None:
    """What a source of the tool says; ``None`` where it refuses."""
    asked = Question(locator=locator, project=Path(), profile="development", **question)
    try:
        return of_tool(source_kind(kind).read(asked))
    except SamestackError:
        return None


def taken_apart(found: Iterable[Any]) -> list[Any]:
    """The variables, up to the place that is refused."""
    told: list[Any] = []
    try:
        told.extend(tuple(leaf) for leaf in found)
    except (InputError, UnreadableError) as refused:
        told.append(refused.place)
    return told


@pytest.mark.parametrize("settings", READ_BY_BOTH, ids=lambda settings: settings.__name__)
def test_variables_of_a_class(settings: type[Any]) -> None:
    tool = variables_of(settings, reader_of(settings))
    found = {(*one.names, one.path) for one in shape_of(settings).variables}
    assert found == {(*one.names, one.path) for one in tool}
    assert [one.names for one in shape_of(settings).variables] == [tuple(one.names) for one in tool]


@pytest.mark.parametrize("settings", READ_BY_BOTH, ids=lambda settings: settings.__name__)
def test_which_variables_are_maps(settings: type[Any]) -> None:
    reader = reader_of(settings)
    tool = [
        Field(name=one.names[0], schema=one.told(reader)["schema"]) for one in variables_of(settings, reader)
    ]
    maps = {variable.name for variable in shape_of(settings).variables if variable.is_map}
    assert maps == {field.name for field in tool if field.is_map}


def test_layers_have_the_same_numbers() -> None:
    ranks = (own.PROCESS, own.DIRECTORY, own.DOTENV, own.PROFILE, own.BASE)
    assert ranks == (Rank.PROCESS, Rank.DIRECTORY, Rank.DOTENV, Rank.PROFILE, Rank.BASE)


@given(st.lists(WORDS, max_size=3))
def test_names(parts: list[str]) -> None:
    assert own_names.variable_name(parts) == variable_name(parts)


@given(DOCUMENTS, st.sets(st.sampled_from(["A", "B", "A__B"])))
def test_documents_taken_apart(document: dict[str, Any], whole: set[str]) -> None:
    assert taken_apart(own_names.leaves(document, "base.toml", whole)) == taken_apart(
        leaves(document, "base.toml", whole)
    )


@given(st.lists(st.tuples(st.sampled_from("AB"), VALUES, st.sampled_from(Rank)), max_size=8))
def test_layers_laid_over_each_other(said: list[tuple[str, Any, Rank]]) -> None:
    tool = [
        Entry(name=name, value=value, origin=Origin(source=str(index), rank=rank))
        for index, (name, value, rank) in enumerate(said)
    ]
    program = [own.Entry(name, value, rank, str(index)) for index, (name, value, rank) in enumerate(said)]
    expected = [(value.name, value.value, value.origin.source) for value in layered(tool)]
    found = own_layering.layered(program).values()
    assert [(one.name, one.value, one.source) for one in found] == expected


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        ("toml", "a = 1\nb = [1, {c = 2}]\n[d]\ne = 2020-01-01T00:00:00Z\nf-g = 07:32:00\n[maps]\nx = 1\n"),
        ("toml", ""),
        ("toml", "a = "),
        ("toml", "a = 1\nA = 2"),
        ("json", '{"a": null, "b": {"c": [true, 1.5]}, "maps": {"x": {"y": 1}}}'),
        ("json", '{"a": NaN}'),
        ("json", "[1]"),
        ("json", '{"a": 1'),
        ("yaml", "a: 1.10\nb: {c: yes, d: 2020-01-01}\nmaps: {x: &x [1], y: *x}\n"),
        ("yaml", "# nothing\n"),
        ("yaml", "a: [1"),
        ("yaml", "a: !!python/object/apply:os.getcwd []"),
        ("yaml", "a: [{1: 2}]"),
        ("yml", "5: 1"),
        ("toml", "a = 1\x00"),
    ],
)
def test_documents(program: Path, ending: str, text: str) -> None:
    file = f"config/base.{ending}"
    Path(file).write_text(text)
    expected = ask("file", file, maps=frozenset({"MAPS"}))
    try:
        found = of_program(document_entries(file, own.PROFILE, {"MAPS"}))
    except UnreadableError:
        assert expected is None
    else:
        assert found == expected


@pytest.mark.parametrize(
    "files", [(), ("base.toml",), ("base.yml", "staging.json"), ("base.toml", "base.json")]
)
@pytest.mark.parametrize("profile", ["staging", "base", "../x", "development"])
def test_which_documents(program: Path, files: tuple[str, ...], profile: str) -> None:
    for file in files:
        Path("config", file).touch()
    try:
        expected = [
            (str(path), int(rank)) for path, rank in documents_of(Path(), ConfigSettings().directory, profile)
        ]
    except SamestackError:
        with pytest.raises(UnreadableError, match="would both be 'base'"):
            [document_of("config", stem) for stem in stems_of(profile)]
    else:
        found = [document_of("config", stem) for stem in stems_of(profile)]
        assert [one for one in found if one is not None] == expected


PIECES = st.sampled_from(
    [
        "A",
        "B=",
        "=",
        "'",
        '"',
        "\\",
        "\\n",
        "#",
        " #",
        " ",
        "\n",
        "\r\n",
        "\t",
        "export ",
        "x",
        "é",
        "A=1\n",
        "\\'",
        "$A",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_dotenv(text: str) -> None:
    with tempfile.NamedTemporaryFile("w", newline="", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        expected = ask("dotenv", file.name)
        try:
            found = of_program(dotenv_entries(file.name))
        except UnreadableError:
            assert expected is None
        else:
            assert found == expected


@pytest.mark.parametrize("names", [frozenset({"A", "B__C", "D_E"}), frozenset({"Z"})])
def test_secret_directories(program: Path, names: frozenset[str]) -> None:
    root = program / "secrets"
    (root / "..2020").mkdir(parents=True)
    (root / "..data").symlink_to("..2020")
    (root / "..2020" / "a").write_text("one\n\n")
    (root / "a").symlink_to("..data/a")
    (root / "b").mkdir()
    (root / "b" / "c").write_text("two\r\n")
    (root / "d-e").write_text("")
    (root / "unrelated").write_text("x")
    assert of_program(secret_entries(str(root), names)) == ask("directory", str(root), names=names)


def twice(root: Path) -> None:
    (root / "a").touch()
    (root / "A").touch()


def outside(root: Path) -> None:
    (root.parent / "other").touch()
    (root / "a").symlink_to("../other")


def loop(root: Path) -> None:
    (root / "a").symlink_to("a")


def pipe(root: Path) -> None:
    os.mkfifo(root / "a")


def no_text(root: Path) -> None:
    (root / "a").write_bytes(b"\xe4")


def large(root: Path) -> None:
    (root / "a").write_bytes(b"x" * (1024 * 1024 + 1))


def many(root: Path) -> None:
    for index in range(1001):
        (root / f"x{index}").touch()


@pytest.mark.parametrize("spoil", [twice, outside, loop, pipe, no_text, large, many])
def test_secret_directories_that_are_refused(program: Path, spoil: Callable[[Path], None]) -> None:
    root = program / "secrets"
    root.mkdir()
    spoil(root)
    with pytest.raises(UnreadableError):
        secret_entries(str(root), {"A"})
    assert ask("directory", str(root), names=frozenset({"A"})) is None


def test_a_secret_directory_that_is_not_there(program: Path) -> None:
    with pytest.raises(UnreadableError, match="gone"):
        secret_entries("gone", {"A"})
    with pytest.raises(SourceError):
        source_kind("directory").read(
            Question(locator="gone", project=program, profile="development", names=frozenset({"A"}))
        )


def test_the_environment() -> None:
    variables = {"A": "1", "a": "2", "B": "", "C": "\udce4"}
    found = [one for name in ("A", "B", "D") for one in environment_entries(variables, name)]
    assert of_program(found) == ask("environment", "", names=frozenset("ABD"), variables=variables)
    assert ask("environment", "", names=frozenset("C"), variables=variables) is None
    with pytest.raises(UnreadableError):
        environment_entries(variables, "C")
