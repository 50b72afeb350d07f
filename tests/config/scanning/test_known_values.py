"""Values of the configuration are found however they are written."""

import base64
import json
from urllib.parse import quote

from hypothesis import example, given
from hypothesis import strategies as st

from samestack.config.scanning.detectors.known_values import KnownValues
from samestack.config.scanning.text import Text

VALUES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=8, max_size=40)


def seen(value: str, content: str) -> list[str]:
    return [one.name for one in KnownValues({"KEY": value}).sightings(Text(path="a", content=content))]


@given(VALUES, st.text(max_size=5), st.text(max_size=5))
@example('a/b+c"d\\e f', "", "")
def test_in_every_form(value: str, before: str, after: str) -> None:
    data = f"{before}{value}{after}".encode("utf-8", "replace")
    for form in (
        value,
        json.dumps(value),
        json.dumps(value, ensure_ascii=False),
        quote(value, safe=""),
        base64.b64encode(data).decode(),
        base64.urlsafe_b64encode(data).decode(),
    ):
        assert "KEY" in seen(value, f"<{form}>")


def test_short_ones_stand_alone() -> None:
    assert seen("hunter", "a = 'hunter'") == ["KEY"]
    assert not seen("hunter", "a = bounty_hunters")
    assert not seen("abc", "abc")


def test_all_places_and_no_other_name() -> None:
    text = Text(path="a", content="first-value second-value first-value")
    found = KnownValues({"A": "first-value", "B": "second-value"}).sightings(text)
    assert sorted((one.name, one.start) for one in found) == [("A", 0), ("A", 25), ("B", 12)]
