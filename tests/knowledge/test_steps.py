"""Every table of version steps keeps its shape, and is found by the names that components have."""

import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from samestack.knowledge import steps as module
from samestack.knowledge.steps import Otherwise, Step, Table, read_table, steps, table, table_names
from samestack.model import normalized_python_name
from samestack.model.risk import Risk
from tests.strategies import texts, versions

DATA = Path(module.__file__).parent / "data"
TABLES = sorted((DATA / "steps").glob("*.toml"))
ALIASES = tomllib.loads((DATA / "aliases.toml").read_text())["aliases"]
ADDRESS = re.compile(r"https://[a-z0-9.-]+\.[a-z]+/\S*")
INDEX_HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "debian" + ".org", "npmjs" + ".")


def example(**changes: object) -> Step:
    return msgspec.structs.replace(
        Step(boundary="2.0.0", risk=Risk.RESULTS, text="It differs.", sources=()), **changes
    )


@pytest.fixture(params=TABLES, ids=lambda path: path.stem)
def each_table(request: pytest.FixtureRequest) -> Table:
    return read_table(request.param)


def test_there_are_many_rows_and_some_were_measured() -> None:
    rows = [row for path in TABLES for row in read_table(path).steps]
    assert len(rows) >= 200
    assert len([row for row in rows if row.verified]) >= 50


def test_names_of_tables_and_aliases_are_normalised() -> None:
    for name in [*table_names(), *ALIASES]:
        assert name == normalized_python_name(name)


def test_every_alias_leads_to_a_table_and_is_not_one_itself() -> None:
    assert set(ALIASES.values()) <= table_names()
    assert not set(ALIASES) & table_names()


def test_rows_are_sorted_by_boundary(each_table: Table) -> None:
    for one, following in pairwise(each_table.steps):
        assert Version(one.boundary) <= Version(following.boundary)


def test_ranges_end_after_they_begin(each_table: Table) -> None:
    for row in each_table.steps:
        assert row.until is None or Version(row.boundary) < Version(row.until)


def test_no_row_stands_twice(each_table: Table) -> None:
    told = [(row.boundary, row.text) for row in each_table.steps]
    assert len(told) == len(set(told))


def test_every_row_is_a_judgement_in_a_sentence_with_public_sources(each_table: Table) -> None:
    said: list[Step | Otherwise] = [*each_table.steps]
    if each_table.otherwise is not None:
        said.append(each_table.otherwise)
    assert said
    for row in said:
        assert row.risk is not Risk.UNKNOWN
        assert row.text.endswith(".")
        assert 15 <= len(row.text) <= 210
        assert row.sources
        assert len(set(row.sources)) == len(row.sources)
        for source in row.sources:
            assert ADDRESS.fullmatch(source)
            assert not any(host in source for host in INDEX_HOSTS)


def test_every_table_is_dated_by_a_day_that_has_been(each_table: Table) -> None:
    assert date(2026, 1, 1) <= each_table.dated <= max(date.today(), date(2026, 11, 22))  # noqa: DTZ011


def test_companions_have_a_table_and_a_version(each_table: Table) -> None:
    for row in each_table.steps:
        if row.together_with is not None:
            assert steps(row.together_with.name)
            assert Version(row.together_with.boundary)


def test_four_distributions_of_opencv_share_one_table() -> None:
    names = [
        "opencv-python",
        "opencv-python-headless",
        "opencv-contrib-python",
        "opencv-contrib-python-headless",
        "opencv",
    ]
    assert len({steps(name) for name in names}) == 1
    assert steps("opencv")


@pytest.mark.parametrize(
    "name", ["no-such-package", "", "../aliases", "steps/numpy", "numpy.toml", "numpy\0"]
)
def test_an_unknown_name_has_no_rows(name: str) -> None:
    assert steps(name) == ()
    assert table(name) is None


def test_a_malformed_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('dated = 2026-11-22\n[[step]]\nboundary = "1"\nrisk = "awful"\ntext = ""\nsources = []\n')
    with pytest.raises(msgspec.ValidationError, match="awful"):
        read_table(path)


@pytest.mark.parametrize(
    ("before", "after", "is_crossed"),
    [
        ("1.26.4", "2.0.2", True),
        ("2.0.2", "1.26.4", True),
        ("1.26.4", "1.26.3", False),
        ("2.0.0", "2.1.0", False),
        ("1.26.4", "2.0.0rc1", True),
        ("1.26.4+cpu", "2.0.0.post1", True),
        ("1.26.4", "master", False),
        ("1.26.4", "9" * 5000, False),
    ],
)
def test_a_step_is_crossed_when_one_side_alone_has_it(before: str, after: str, is_crossed: bool) -> None:  # noqa: FBT001
    assert example().is_crossed(before, after) is is_crossed


def test_a_behaviour_that_ended_is_crossed_on_the_way_in_and_out_but_not_by_passing() -> None:
    step = example(boundary="4.5.5", until="4.6.0")
    assert step.is_crossed("4.5.4.60", "4.5.5.64")
    assert step.is_crossed("4.5.5.64", "4.6.0.66")
    assert not step.is_crossed("4.5.4.60", "4.6.0.66")


@given(st.sampled_from([row for path in TABLES for row in read_table(path).steps]), versions, versions)
def test_a_change_and_its_reverse_cross_the_same_rows(row: Step, before: str, after: str) -> None:
    assert row.is_crossed(before, after) == row.is_crossed(after, before)
    assert not row.is_crossed(before, before)


@given(texts)
def test_any_name_can_be_asked_for(name: str) -> None:
    assert steps(name) == () or name in table_names() | set(ALIASES)
