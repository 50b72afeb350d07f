"""RECORD's rows: what stands below a directory and what stands first, as a look at each row would tell."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.python.record_rows import (
    RecordedFile,
    below,
    record_rows,
    recorded_file,
    top_of,
)

NAMES = st.sampled_from(("a", "a-1", "a.libs", "a0", "b", "b.py", "B", "~c", "é"))
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
ROWS = st.lists(PATHS.map(lambda path: (path, "sha256=AAAA", "1")), max_size=12)


def written(rows: list[tuple[str, str, str]], end: str = "\r\n", **how: int) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, **how).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


@given(ROWS)
def test_directories_and_files_are_those_of_all_rows(rows: list[tuple[str, str, str]]) -> None:
    paths = [path for path, _, _ in rows]
    top = top_of(record_rows(written(rows)))
    assert set(top.directories) == {path.split("/")[0] for path in paths if "/" in path}
    assert len(set(top.directories)) == len(top.directories)
    files = [row.partition(",")[0] for row in top.files]
    assert sorted(files) == sorted(path for path in paths if "/" not in path)


@given(ROWS, NAMES)
def test_below_a_directory_stand_its_files_and_no_others(rows: list[tuple[str, str, str]], name: str) -> None:
    found = [row.partition(",")[0] for row in below(record_rows(written(rows)), name)]
    assert sorted(found) == sorted(path for path, _, _ in rows if path.startswith(f"{name}/"))


@given(ROWS)
def test_quotes_and_line_ends_make_no_difference(rows: list[tuple[str, str, str]]) -> None:
    plain = record_rows(written(rows))
    assert plain == record_rows(written(rows, "\n"))
    assert plain == record_rows(written(rows, quoting=csv.QUOTE_ALL))


@pytest.mark.parametrize(
    ("row", "file"),
    [
        ("a.py,sha256=AA,12", RecordedFile("a.py", "sha256=AA", "12")),
        ("a, b.py,sha256=AA,", RecordedFile("a, b.py", "sha256=AA", "")),
        ("a/RECORD,,", RecordedFile("a/RECORD", "", "")),
        ("garbage", None),
        (",sha256=AA,1", None),
        ("", None),
    ],
)
def test_a_row_in_its_parts(row: str, file: RecordedFile | None) -> None:
    assert recorded_file(row) == file


@given(st.text(alphabet='a,"\\\r\n\0/.1=', max_size=60))
def test_whatever_stands_in_it_there_is_no_exception(record: str) -> None:
    rows = record_rows(record)
    top = top_of(rows)
    for name in top.directories:
        assert below(rows, name)
    for row in rows:
        recorded_file(row)
