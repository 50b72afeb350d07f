"""Every table of known breaks keeps its shape, says what it says exactly, and is listed on its page."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec
import pytest
from docs import known_breaks
from hypothesis import given
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from samestack.knowledge import breaks as module
from samestack.knowledge.breaks import Break, break_names, breaks, read_table, twin_of
from samestack.knowledge.same_modules import family_of
from samestack.model import normalized_python_name
from tests.services.verify_known_breaks import trials
from tests.strategies import texts

DATA = Path(module.__file__).parent / "data/breaks"
OWN = sorted(name for name in break_names() if twin_of(name) is None)
ROWS = [(name, row) for name in OWN for row in breaks(name)]
ADDRESS = re.compile(r"https://[a-z0-9.-]+\.[a-z]+/\S*")
INDEX_HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "debian" + ".org", "npmjs" + ".")

each_row = pytest.mark.parametrize(("name", "row"), ROWS, ids=[row.id for _, row in ROWS])


def test_there_are_many_rows_and_most_were_seen_to_fail() -> None:
    assert len(ROWS) >= 100
    assert len([row for _, row in ROWS if row.verified]) >= 90


def test_the_breaks_that_everybody_met_are_among_them() -> None:
    known = {row.id for _, row in ROWS}
    assert {"tensorflow-protobuf", "transformers-tokenizers", "tensorboard-pkg-resources"} <= known


def test_no_two_rows_have_one_id() -> None:
    assert [id_ for id_, count in Counter(row.id for _, row in ROWS).items() if count > 1] == []


@pytest.mark.parametrize("name", sorted(break_names()))
def test_names_are_normalised_and_a_twin_brings_the_same_modules(name: str) -> None:
    assert name == normalized_python_name(name)
    twin = twin_of(name)
    assert twin is None or breaks(name) == breaks(twin) != ()
    family = None if twin is None else family_of(name)
    assert family is None or twin in family.names


@pytest.mark.parametrize("name", OWN)
def test_every_table_is_dated_by_a_day_that_has_been(name: str) -> None:
    dated = read_table(DATA / f"{name}.toml").dated
    assert date(2026, 1, 1) <= dated <= max(date.today(), date(2026, 11, 24))  # noqa: DTZ011


@each_row
def test_a_row_names_a_condition_besides_the_version(name: str, row: Break) -> None:
    assert row.beside or row.needs or row.python
    assert name not in {*row.beside, *row.needs}
    for one in (*row.beside, *row.needs):
        assert one == normalized_python_name(one)
    for versions in (row.versions, row.python, *row.beside.values(), *row.needs.values()):
        assert str(SpecifierSet(versions)) is not None


@each_row
def test_a_row_says_what_happens_what_mends_it_and_who_says_so(name: str, row: Break) -> None:
    assert row.id.startswith(name)
    assert 15 <= len(row.text) <= 160
    assert not row.text.endswith(".")
    assert len(row.error) >= 10
    assert row.remedies or row.advice
    for one in row.remedies:
        for text in one.split():
            assert Requirement(text).name == normalized_python_name(Requirement(text).name)
    assert row.sources
    assert len(set(row.sources)) == len(row.sources)
    for source in row.sources:
        assert ADDRESS.fullmatch(source)
        assert not any(host in source for host in INDEX_HOSTS)


def test_what_was_seen_can_be_seen_again() -> None:
    assert {row.id for _, row in ROWS if row.verified} == set(trials())


@pytest.mark.parametrize("id_", sorted(trials()))
def test_a_trial_installs_exactly_what_the_row_is_about(id_: str) -> None:
    row = next(row for _, row in ROWS if row.id == id_)
    pinned = [Requirement(text) for text in trials()[id_].install]
    names = {normalized_python_name(one.name) for one in pinned}
    assert set(row.beside) <= names | {"pydantic"}
    assert not row.python or SpecifierSet(row.python).contains(f"{trials()[id_].python}.0")
    for one in pinned:
        versions = row.beside.get(normalized_python_name(one.name))
        exact = re.fullmatch(r"==([\d.]+)", str(one.specifier))
        assert versions is None or exact is None or SpecifierSet(versions).contains(exact[1])


def test_the_page_lists_every_row_and_is_current() -> None:
    written = known_breaks.PAGE.read_text(encoding="utf-8")
    assert written == known_breaks.page(), "run: make docs"
    assert [row.id for _, row in ROWS if f"<br>{row.id} |" not in written] == []


@pytest.mark.parametrize("name", ["no-such-package", "", "../breaks/flask", "flask.toml", "flask\0"])
def test_an_unknown_name_has_no_rows(name: str) -> None:
    assert breaks(name) == ()


def test_a_malformed_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(
        'dated = 2026-11-24\n[[break]]\nid = "x"\nseverity = "awful"\ntext = ""\nerror = ""\nsources = []\n'
    )
    with pytest.raises(msgspec.ValidationError, match="awful"):
        read_table(path)


@given(texts)
def test_any_name_can_be_asked_for(name: str) -> None:
    assert breaks(name) == () or name in break_names()
