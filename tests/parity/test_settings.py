"""``[tool.samestack.environments]``: what is written there, and what is refused with its place."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError
from samestack.parity.order import in_order
from samestack.parity.settings import Allowance, Environment, ParitySettings, environments_of, ordered

TABLES = """
[tool.samestack.environments]
production = { reference = "image:helpdesk", profile = "production", after = "staging", host = "p.json" }
staging = { reference = "container:helpdesk", after = "development", seconds = 20 }
development = "venv:.venv"

[[tool.samestack.allowed-differences]]
environment = "*"
difference = "packages/opencv-*"
reason = "headless there"
until = 2027-01-31
"""


def read(directory: Path, text: str) -> ParitySettings:
    file = directory / "pyproject.toml"
    file.write_text(text)
    return environments_of(file)


def test_both_tables_are_read(tmp_path: Path) -> None:
    settings = read(tmp_path, TABLES)
    assert settings.environments[0] == Environment(
        name="production",
        reference="image:helpdesk",
        profile="production",
        after="staging",
        host="p.json",
    )
    assert settings.allowances == (
        Allowance(
            environment="*",
            difference="packages/opencv-*",
            reason="headless there",
            until=dt.date(2027, 1, 31),
        ),
    )
    assert settings.environment("staging") == settings.environments[1]


def test_they_are_in_the_order_of_promotion(tmp_path: Path) -> None:
    names = [one.name for one in ordered(read(tmp_path, TABLES))]
    assert names == ["development", "staging", "production"]


def test_nothing_need_be_there(tmp_path: Path) -> None:
    assert environments_of(tmp_path / "pyproject.toml") == ParitySettings()
    assert read(tmp_path, "[project]\nname = 'a'\n") == ParitySettings()


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ('a = { referense = "venv:a" }', "environments.a.referense", "did you mean 'reference'?"),
        ('a = { profile = "x" }', "environments.a.reference", "for example"),
        ("a = 3", "environments.a", "for example"),
        ('a = { reference = "venv:a", seconds = 0 }', "environments.a.seconds", "more than 0"),
        ('a = { reference = "venv:a", seconds = "x" }', "environments.a.seconds", None),
        ('a = { reference = "venv:a", after = "b" }\nbb = "venv:b"', "environments.a.after", "did you mean"),
        ('a = { reference = "venv:a", after = "a" }', "environments.a.after", "let one of them"),
        ('"*" = "venv:a"', "environments.*", "write letters"),
    ],
)
def test_what_is_wrong_with_an_environment_is_told_with_its_place(
    tmp_path: Path, text: str, place: str, hint: str | None
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, f"[tool.samestack.environments]\n{text}\n")
    assert caught.value.place == f"tool.samestack.{place}"
    assert (caught.value.hint or "").startswith(hint or "")


ALLOWED = {
    "environment": '"a"',
    "difference": '"packages/numpy"',
    "reason": '"because"',
    "until": "2027-01-31",
}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("environment", '"b"', "there is no environment 'b'"),
        ("difference", '"numpy"', "'numpy' is no difference"),
        ("reason", '" "', "the reason is empty"),
        ("reason", None, "it says no reason"),
        ("until", None, "it says no until"),
        ("until", '"soon"', "Invalid RFC3339"),
    ],
)
def test_what_is_wrong_with_an_allowance_is_told_with_its_place(
    tmp_path: Path, key: str, value: str | None, message: str
) -> None:
    said = {**ALLOWED, key: value}
    lines = "".join(f"{name} = {text}\n" for name, text in said.items() if text is not None)
    table = f'[tool.samestack.environments]\na = "venv:a"\n[[tool.samestack.allowed-differences]]\n{lines}'
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, table)
    assert caught.value.place == f"tool.samestack.allowed-differences[0].{key}"


names = st.sampled_from("abcdef")


@given(st.dictionaries(names, names | st.just("")))
def test_an_order_has_every_name_once_after_what_it_follows_or_there_is_a_circle(
    after: dict[str, str],
) -> None:
    order, circle = in_order(after)
    if circle:
        assert all(after[one] == other for one, other in zip(circle, (*circle[1:], circle[0]), strict=True))
        return
    assert sorted(order) == sorted(after)
    for name, followed in after.items():
        if followed in after:
            assert order.index(followed) < order.index(name)
