from packaging.version import Version

from samestack.knowledge.instruction_sets import DEMANDING, demands


def test_the_names_in_the_table_are_those_that_are_looked_for() -> None:
    assert {name for row in demands().demands for name in row.packages} == DEMANDING


def test_every_row_says_why_and_who_says_so() -> None:
    for row in demands().demands:
        assert row.instructions
        assert row.text.endswith(".")
        assert row.remedy
        assert row.sources
        assert all(source.startswith("https://") for source in row.sources)


def test_a_demand_holds_from_a_version_to_another() -> None:
    (polars,) = [row for row in demands().demands if "polars" in row.packages]
    held = [version for version in ("0.20.5", "0.20.6", "1.33.1", "1.34.0") if polars.holds(Version(version))]
    assert held == ["0.20.6", "1.33.1"]
