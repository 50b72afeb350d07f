"""Documents that are small on the disk and large in memory are refused, and nothing waits for them."""

from pathlib import Path

import pytest

from samestack.config import ConfigurationError, load
from samestack.config.startup.bounds import MAX_DEPTH, MAX_VALUES, is_bounded
from tests.config.startup.classes import ModelTwo, Plain

BILLIONS = "a: &a {}\n" + "".join(
    f"{name}: &{name} {{{', '.join(f'x{index}: *{below}' for index in range(9))}}}\n"
    for below, name in zip("abcdefghij", "bcdefghijk", strict=False)
)
DEEP = "[" * 900 + "]" * 900


def nested(depth: int) -> object:
    node: object = 1
    for _ in range(depth):
        node = {"a": node}
    return node


def test_the_bounds() -> None:
    assert is_bounded(nested(MAX_DEPTH))
    assert not is_bounded(nested(MAX_DEPTH + 1))
    assert is_bounded([0] * (MAX_VALUES - 1))
    assert not is_bounded([0] * MAX_VALUES)


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        ("yaml", BILLIONS),
        ("yaml", "a: &a {b: *a}\n"),
        ("yaml", "a: &a [*a]\n"),
        ("json", '{"hosts": ' + DEEP + "}"),
        ("json", '{"a":' * 500 + "1" + "}" * 500),
        ("toml", f"hosts = {DEEP}"),
        ("json", '{"a": ' + "9" * 5000 + "}"),
    ],
    ids=["billions", "itself", "list-itself", "deep", "deep-map", "deep-toml", "digits"],
)
def test_documents(program: Path, ending: str, text: str) -> None:
    (program / "config" / f"base.{ending}").write_text(text)
    with pytest.raises(ConfigurationError) as error:
        load(ModelTwo, variables={"API_KEY": "k", "DATABASE__URL": "u"}, ignore_unknown=True)
    assert [problem.source for problem in error.value.problems] == [f"config/base.{ending}"]


@pytest.mark.parametrize("settings", [ModelTwo, Plain])
def test_texts(settings: type[object], program: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"HOSTS \(process environment\): wants a list"):
        load(settings, variables={"API_KEY": "k", "DATABASE__URL": "u", "HOSTS": DEEP})
