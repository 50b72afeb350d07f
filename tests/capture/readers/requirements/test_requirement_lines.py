"""Lines of requirements files are joined, cleaned and split as pip itself does it."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pip._internal.req.req_file import break_args_options, preprocess

from samestack.capture.readers.requirements.requirement_lines import Line, logical_lines, read_lines
from samestack.errors import InputError

pieces = st.sampled_from(
    ("six", "==1.0", " ", "\t", "#", " # why", "\\", "\\\\", "\n", "\r\n", "\r", "\x0b", "\u2028", "--pre")
)


@given(st.lists(pieces).map("".join))
@example("six \\\n# a comment ends it\\\nidna")
@example("six==1.0 \\\n    --hash=sha256:0 \\\n\n# end \\")
@example("six\\")
@example("  # why\\\nsix")
def test_lines_are_those_of_pip(text: str) -> None:
    assert list(logical_lines(text)) == list(preprocess(text))


def lines_of(tmp_path: Path, content: bytes | str) -> list[Line]:
    path = tmp_path / "requirements.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_lines(path))


@given(
    st.lists(st.sampled_from(("six", "-", "--", "-r", "[x]", "==1", ";", "'a", "-e", ".")), min_size=1).map(
        " ".join
    )
)
def test_the_requirement_ends_where_pip_ends_it(text: str) -> None:
    expected = break_args_options(text)[0].strip()
    (found,) = list(logical_lines(text))
    assert found[1].startswith(expected)


def test_a_requirement_keeps_its_quotes(tmp_path: Path) -> None:
    (line,) = lines_of(
        tmp_path, "six ; python_version < '3' and os_name == \"a b\" --hash=sha256:0 --hash sha256:1\n"
    )
    assert line == Line(
        number=1,
        requirement="six ; python_version < '3' and os_name == \"a b\"",
        hashes=("sha256:0", "sha256:1"),
    )


def test_options_are_spelled_as_pip_allows(tmp_path: Path) -> None:
    lines = lines_of(
        tmp_path,
        """
        -ra.txt
        --requirement=b.txt
        --requirem c.txt --pre
        -c d.txt
        -i https://index.example/simple --extra-index-url=https://more.example
        -f ./wheels
        --find-links "a directory"
        -e ./here
        --no-binary :all: --trusted-host host.example -C a=b --global-option="x y"
        """,
    )
    assert [line.files for line in lines[:3]] == [("a.txt",), ("b.txt",), ("c.txt",)]
    assert lines[3].constraint_files == ("d.txt",)
    assert lines[4].indexes == ("https://index.example/simple", "https://more.example")
    assert (lines[5].indexes, lines[6].indexes) == (("./wheels",), ("a directory",))
    assert lines[7].editables == ("./here",)
    assert lines[8] == Line(number=10)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    text = "six==1.16.0\r\n# größer\r\nidna\r\n"
    has_mark = encoding in {"utf-8", "utf-8-sig", "utf-16", "utf-32"}
    lines = lines_of(tmp_path, (text if has_mark else f"\ufeff{text}").encode(encoding))
    assert [(line.number, line.requirement) for line in lines] == [(1, "six==1.16.0"), (3, "idna")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"six\n--no-such-option\n", r"line 2: no such option: --no-such-option"),
        (b"-r\n", r"line 1: -r option requires 1 argument"),
        (b"-e 'a\n", r"line 1: No closing quotation"),
        (b"six\xff\n", r"byte 3: not utf-8 text"),
        (b"\xff\xfes", r"byte 2: not utf-16-le text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=rf"requirements\.txt: {message}"):
        lines_of(tmp_path, content)
