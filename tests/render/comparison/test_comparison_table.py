"""A comparison on a terminal, as it looks there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.compare.difference import Comparison
from samestack.render.comparison.comparison_table import print_comparison
from tests.render import samples
from tests.render.comparisons import comparisons
from tests.render.golden_text import assert_golden, drawn

SAMPLES = {
    "two-environments": samples.two_environments,
    "environment-and-wish": samples.environment_and_wish,
    "equal": samples.equal,
    "hostile": samples.hostile,
}


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("name", SAMPLES)
def test_it_looks_as_approved(name: str, full: bool) -> None:  # noqa: FBT001 - a parameter of the test
    text = drawn(lambda console: print_comparison(SAMPLES[name](), console, full=full))
    assert_golden(f"comparison-{name}{'-full' if full else ''}.txt", text)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", SAMPLES)
def test_it_keeps_to_the_width(name: str, width: int) -> None:
    text = drawn(lambda console: print_comparison(SAMPLES[name](), console, full=True), width=width)
    assert max(len(line) for line in text.splitlines()) <= width


def test_on_a_terminal_the_risk_is_coloured() -> None:
    text = drawn(lambda console: print_comparison(samples.two_environments(), console), is_terminal=True)
    assert "\x1b[1;31mbreaks" in text


def test_elsewhere_there_is_no_colour_and_no_control_sequence() -> None:
    text = drawn(lambda console: print_comparison(samples.hostile(), console, full=True))
    assert "\x1b" not in text
    assert "\\x1b[31mred\\u202e" in text.replace("\n", "").replace(" ", "")


@settings(max_examples=50)
@given(comparisons, st.booleans(), st.integers(20, 120))
def test_any_comparison_is_printed(comparison: Comparison, full: bool, width: int) -> None:  # noqa: FBT001
    text = drawn(lambda console: print_comparison(comparison, console, full=full), width=width)
    assert all(line.isprintable() for line in text.split("\n"))


def test_a_large_comparison_is_printed_in_order() -> None:
    text = drawn(lambda console: print_comparison(samples.large(), console))
    found = [line.split()[1] for line in text.splitlines() if line.startswith("  breaks")]
    assert found == [f"package-{index:04}" for index in range(0, 1500, 5)]
