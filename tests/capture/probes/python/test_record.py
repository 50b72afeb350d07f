"""RECORD's digest: equal for equal files, whoever installed them and wherever."""

import base64
import csv
import hashlib
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samestack.capture.probes.python.record import content_of

OWN = "demo-1.0.dist-info"
ROWS = (
    ("demo/__init__.py", "sha256=AAAA", "10"),
    ("demo/data, with comma.txt", "sha256=BBBB", "20"),
    (f"{OWN}/METADATA", "sha256=CCCC", "30"),
)
_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
_PATHS = st.lists(_TEXTS.filter(lambda part: part not in {".", ".."}), min_size=1, max_size=3).map("/".join)
_ROWS = st.lists(
    st.tuples(_PATHS, st.sampled_from(("sha256=AAAA", "sha384=BB-_", "md5=CC")), st.sampled_from(("", "7"))),
    max_size=6,
)


def record(*rows: tuple[str, str, str], end: str = "\r\n") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue().encode()


def digest(content: bytes) -> str | None:
    return content_of(content, OWN).digest


def test_the_digest_is_of_sorted_paths_and_hashes() -> None:
    expected = hashlib.sha256(b"a.py,sha256=AA\0b.py,sha256=BB").hexdigest()
    assert digest(b"b.py,sha256=BB,2\na.py,sha256=AA,\n") == f"sha256:{expected}"


@pytest.mark.parametrize(
    "row",
    [
        (f"{OWN}/RECORD", "", ""),
        (f"{OWN}/RECORD", "sha256=XX", "1"),
        (f"{OWN}/INSTALLER", "sha256=XX", "1"),
        (f"{OWN}/REQUESTED", "sha256=XX", "0"),
        (f"{OWN}/direct_url.json", "sha256=XX", "1"),
        (f"{OWN}/uv_cache.json", "sha256=XX", "1"),
        ("demo/__pycache__/__init__.cpython-311.pyc", "", ""),
        ("demo/__pycache__/__init__.cpython-311.pyc", "sha256=XX", "1"),
        ("../../../bin/demo", "sha256=XX", "1"),
        ("../../../share/demo/page.html", "sha256=XX", "1"),
        ("/usr/local/bin/demo", "sha256=XX", "1"),
        ("C:\\Scripts\\demo.exe", "sha256=XX", "1"),
        ("..\\..\\Scripts\\demo.exe", "sha256=XX", "1"),
        ("unhashed.txt", "", "1"),
    ],
)
def test_what_depends_on_installer_or_place_does_not_count(row: tuple[str, str, str]) -> None:
    assert digest(record(*ROWS, row)) == digest(record(row, *ROWS)) == digest(record(*ROWS))


@pytest.mark.parametrize(
    "row",
    [
        ("demo/extra.py", "sha256=XX", "1"),
        ("bin/demo", "sha256=XX", "1"),
        ("demo.pyc", "sha256=XX", "1"),
        ("other-1.0.dist-info/INSTALLER", "sha256=XX", "1"),
        (f"{OWN}/licenses/LICENSE", "sha256=XX", "1"),
        (f"{OWN}/licenses/RECORD", "sha256=XX", "1"),
        ("..data/file", "sha256=XX", "1"),
        (".dylibs/lib.so", "sha256=XX", "1"),
    ],
)
def test_every_other_row_counts(row: tuple[str, str, str]) -> None:
    assert digest(record(*ROWS, row)) != digest(record(*ROWS))


def test_an_altered_hash_counts_and_a_size_does_not() -> None:
    assert digest(b"a.py,sha256=AA,1\n") == digest(b"a.py,sha256=AA,\n") == digest(b"a.py,sha256=AA,1")
    assert digest(b"a.py,sha256=AA,1\n") != digest(b"a.py,sha256=AB,1\n")


def test_windows_separators_are_those_of_a_posix_path() -> None:
    assert digest(b"demo\\a.py,sha256=AA,1\r\n") == digest(b"demo/a.py,sha256=AA,1\n")


@pytest.mark.parametrize("content", [b"", b"\n", b"a.py,,\n", b"a.py,,12\nb.py,,\n", b"../x,sha256=AA,1\n"])
def test_without_rows_that_count_nothing_is_known(content: bytes) -> None:
    assert digest(content) is None


@pytest.mark.parametrize(
    "content",
    [
        b"a.py\n",
        b"a.py,sha256=AA\n",
        b"a,b.py,sha256=AA,1\n",
        b"garbage\na.py,sha256=AA,1\n",
        b'"' + b"x" * 200_000 + b'",sha256=AA,1\n',
    ],
)
def test_a_malformed_row_is_told(content: bytes) -> None:
    assert content_of(content, OWN).problem


@example(rows=[("a", "sha256=AAAA", "7"), ("a", "sha256=AAAA", "7")])
@given(rows=_ROWS)
def test_quotes_order_and_line_ends_make_no_difference(rows: list[tuple[str, str, str]]) -> None:
    quoted = io.StringIO(newline="")
    csv.writer(quoted, quoting=csv.QUOTE_ALL).writerows(reversed(rows))
    digests = {
        digest(record(*rows, end="\n")),
        digest(record(*rows, end="\r\n")),
        digest(quoted.getvalue().encode()),
    }
    assert len(digests) == 1


@given(rows=_ROWS, other=_ROWS)
def test_different_rows_have_different_digests(
    rows: list[tuple[str, str, str]], other: list[tuple[str, str, str]]
) -> None:
    def counted(all_rows: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
        kept = [(path.replace("\\", "/"), hashed) for path, hashed, _ in all_rows]
        return sorted(row for row in kept if not row[0].startswith("/") and "__pycache__" not in row[0])

    if any(part[1:3] in {":/", ":\\"} for row in (*rows, *other) for part in row):
        return
    same = digest(record(*rows)) == digest(record(*other))
    assert same == (counted(rows) == counted(other))


@given(st.binary(max_size=200) | st.text(alphabet='a,"\\\r\n\0/.1=', max_size=60).map(str.encode))
def test_whatever_stands_in_it_there_is_no_exception(content: bytes) -> None:
    content_of(content, OWN)


def test_a_real_hash_is_kept_as_it_is_written() -> None:
    hashed = base64.urlsafe_b64encode(hashlib.sha256(b"x").digest()).rstrip(b"=").decode()
    expected = hashlib.sha256(f"a.py,sha256={hashed}".encode()).hexdigest()
    assert digest(record(("a.py", f"sha256={hashed}", "1"))) == f"sha256:{expected}"
