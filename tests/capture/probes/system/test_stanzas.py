"""Fields of stanzas."""

from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.system.stanzas import read_stanzas


def test_named_fields_in_the_order_asked_for() -> None:
    text = "Version: 1\nPackage: a\nDescription: x\n Package: not this\n\nPackage: b\n"
    assert list(read_stanzas(text, ("Package", "Version"))) == [("a", "1"), ("b", "")]


def test_stanzas_without_any_of_them_are_passed_over() -> None:
    assert list(read_stanzas("\n\nOther: 1\n\n\n\nPackage: a", ("Package",))) == [("a",)]


fields = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1)


@given(st.lists(st.tuples(fields, fields)))
def test_what_is_written_is_read_back(stanzas: list[tuple[str, str]]) -> None:
    text = "".join(f"Package: {name}\nVersion: {version}\n\n" for name, version in stanzas)
    assert list(read_stanzas(text, ("Package", "Version"))) == stanzas
