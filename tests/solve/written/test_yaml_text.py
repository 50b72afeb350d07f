"""The scalars of a YAML document, whatever their style and whatever letters stand before them."""

import pytest
import yaml

from samestack.solve.written.yaml_text import YAML

TEXT = """\
# ümläut 🙂
name: 🙂
channels: [conda-forge, "defaults"]
dependencies:
  - python=3.10   # the series
  - 'numpy >=1.20,<2'
  - pip:
      - "torch>=2"
      - >-
        folded
        text
"""


def test_every_scalar_is_found_with_its_place() -> None:
    spans = YAML.spans(TEXT)
    assert [(span.place, span.value) for span in spans] == [
        ("name", "🙂"),
        ("channels[0]", "conda-forge"),
        ("channels[1]", "defaults"),
        ("dependencies[0]", "python=3.10"),
        ("dependencies[1]", "numpy >=1.20,<2"),
        ("dependencies[2].pip[0]", "torch>=2"),
        ("dependencies[2].pip[1]", "folded text"),
    ]
    assert [yaml.safe_load(TEXT[span.start : span.end]) for span in spans[:6]] == [
        one.value for one in spans[:6]
    ]


def test_an_alias_is_found_once() -> None:
    spans = YAML.spans("a: &x [one]\nb: *x\n")
    assert [(span.place, span.value) for span in spans] == [("a[0]", "one")]


@pytest.mark.parametrize("text", ["a: [", "a: b: c", "\t- x"])
def test_what_is_not_yaml_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not YAML"):
        YAML.spans(text)


def test_an_empty_document_has_none() -> None:
    assert YAML.spans("# nothing\n") == ()
