"""Whatever is wrong with a document is an InputError that names the file and the place in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from samestack.capture import documents
from samestack.errors import InputError


class Shape(Struct):
    name: str
    packages: tuple[dict[str, int], ...] = ()


LOADERS = {
    "a.json": documents.load_json,
    "a.toml": documents.load_toml,
    "a.yml": documents.load_yaml,
}


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.json", '{"name": "x", "packages": [{"y": 1}]}'),
        ("a.toml", 'name = "x"\npackages = [{y = 1}]'),
        ("a.yml", "name: x\npackages:\n- y: 1\n"),
    ],
)
def test_a_document_of_the_shape_is_read(tmp_path: Path, file: str, content: str) -> None:
    path = tmp_path / file
    path.write_text(content)
    assert LOADERS[file](path, Shape) == Shape("x", ({"y": 1},))


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        (
            "a.json",
            '{"name": "x", "packages": [{"y": "1"}]}',
            r"a\.json: \$\.packages\[0\]\[\.\.\.\]: Expected `int`",
        ),
        ("a.toml", 'name = "x"\npackages = 3', r"a\.toml: \$\.packages: Expected `array`"),
        ("a.yml", "packages: []", r"a\.yml: Object missing required field `name`"),
        ("a.json", "{", r"a\.json: not JSON: .*truncated"),
        ("a.toml", "name = ", r"a\.toml: not TOML: Invalid value"),
        ("a.yml", "a: [1", r"a\.yml: line \d, column \d: not YAML"),
        ("a.yml", "a: !!python/object/apply:os.system [id]", r"a\.yml: line 1, column 4: not YAML"),
        ("a.json", f'{{"name": "x", "z": {"[" * 100_000}{"]" * 100_000}}}', "nested too deeply"),
        ("a.toml", "a = " + "[" * 10_000, "nested too deeply|not TOML"),
        ("a.yml", "[" * 10_000 + "]" * 10_000, "nested too deeply"),
        ("a.yml", "[" * 1_000_000, "nested too deeply|not YAML"),
        ("a.yml", "{a: " * 200_000 + "}" * 200_000, "nested too deeply|not YAML"),
        ("a.yml", "- " * 100_000, "nested too deeply"),
        ("a.yml", "\n".join(" " * n + "a:" for n in range(3000)), "nested too deeply"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, file: str, content: str, problem: str) -> None:
    path = tmp_path / file
    path.write_text(content)
    with pytest.raises(InputError, match=problem):
        LOADERS[file](path, Shape)


def test_aliases_that_multiply_do_not(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    path = tmp_path / "bomb.yml"
    path.write_text("\n".join((*lines, "name: x")))
    assert documents.load_yaml(path, Shape) == Shape("x")


@pytest.mark.parametrize("loader", LOADERS.values())
@given(data=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, loader: object, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "odd.file"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"odd\.file: "):
        loader(path, Shape)  # type: ignore[operator]


def test_text_is_utf8_and_may_have_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfnumpy")
    assert documents.read_text(path) == "numpy"
    path.write_bytes(b"num\xffpy")
    with pytest.raises(InputError, match=r"a\.txt: byte 3: not UTF-8 text"):
        documents.read_text(path)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        documents.read_bytes(tmp_path / "gone.txt")
    with pytest.raises(InputError, match="not a regular file"):
        documents.read_bytes(tmp_path)
    (tmp_path / "large.txt").write_text("12345")
    with pytest.raises(InputError, match="larger than the limit of 4 bytes"):
        documents.read_bytes(tmp_path / "large.txt", limit=4)
