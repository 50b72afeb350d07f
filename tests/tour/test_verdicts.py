"""Which pictures are judged differently, beside what is on them."""

import io

from rich.console import Console

from samestack.tour.verdicts import disagreements, print_disagreement

DEVELOPMENT = {"b.jpg": "ok", "a.jpg": "dent", "c.jpg": "scratch"}
PRODUCTION = {"b.jpg": "ok", "a.jpg": "ok"}


def test_what_is_missing_on_the_other_side_is_judged_differently() -> None:
    assert disagreements(DEVELOPMENT, PRODUCTION) == ("a.jpg", "c.jpg")
    assert disagreements(DEVELOPMENT, DEVELOPMENT) == ()


def test_the_table_names_both_sides_and_the_truth() -> None:
    page = io.StringIO()
    console = Console(file=page, width=100)
    print_disagreement((DEVELOPMENT, PRODUCTION), {"a.jpg": "scratch"}, ("one's", "other's"), console)
    lines = [line.split() for line in page.getvalue().splitlines() if line.strip()]
    assert lines[0] == ["2", "of", "3", "pictures", "are", "judged", "differently."]
    assert lines[1:] == [
        ["picture", "one's", "other's", "what", "is", "on", "it"],
        ["a.jpg", "dent", "ok", "scratch"],
        ["c.jpg", "scratch"],
    ]
