"""Plain scalars are what Go's yaml.v3 makes of them, since SOPS' MAC is over that."""

import contextlib
import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.sops.scalars import as_bytes, from_bytes
from samestack.config.sops.sops_file import parsed
from samestack.config.sops.yaml_tree import plain_scalar, yaml_tree
from samestack.errors import InputError


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("x", "x", b"x"),
        ("yes", "yes", b"yes"),
        ("'83'", "83", b"83"),
        ("!!str 83", "83", b"83"),
        ("83", 83, b"83"),
        ("-3", -3, b"-3"),
        ("+10", 10, b"10"),
        ("1_000", 1000, b"1000"),
        ("0x1F", 31, b"31"),
        ("0o17", 15, b"15"),
        ("0123", 83, b"83"),
        ("0b11", 3, b"3"),
        ("089", 89.0, b"89"),
        ("1.50", 1.5, b"1.5"),
        ("1.", 1.0, b"1"),
        ("1e22", 1e22, b"1" + b"0" * 22),
        ("1.5e-7", 1.5e-7, b"0.00000015"),
        ("-0.0", -0.0, b"-0"),
        ("1.2.3", "1.2.3", b"1.2.3"),
        ("true", True, b"True"),
        ("False", False, b"False"),
        ("~", None, b""),
        ("", None, b""),
        ('""', "", b""),
        ("2026-01-02", dt.datetime(2026, 1, 2, tzinfo=dt.UTC), b"2026-01-02T00:00:00Z"),
        (
            "2026-01-02T03:04:05.120+02:00",
            dt.datetime(2026, 1, 2, 3, 4, 5, 120000, dt.timezone(dt.timedelta(hours=2))),
            b"2026-01-02T03:04:05.12+02:00",
        ),
        ("2026-13-02", "2026-13-02", b"2026-13-02"),
    ],
)
def test_a_scalar(text: str, value: Any, written: bytes) -> None:
    found = yaml_tree(f"a: {text}\n", "x.yaml")["a"]
    assert (type(found), found) == (type(value), value)
    assert as_bytes(found) == written


@pytest.mark.parametrize(
    ("plain", "kind", "value"),
    [
        (b"True", "bool", True),
        (b"false", "bool", False),
        (b"-3", "int", -3),
        (b"1.5", "float", 1.5),
        (b"x", "str", "x"),
        (b"+Inf", "float", "+Inf"),
    ],
)
def test_a_decrypted_value(plain: bytes, kind: str, value: Any) -> None:
    assert from_bytes(plain, kind) == value


@pytest.mark.parametrize(
    ("plain", "kind"),
    [(b"9" * 5000, "int"), (b"x", "int"), (b"x", "bool"), (b"\xff", "str"), (b"x", "object")],
)
def test_what_is_no_value_of_its_kind(plain: bytes, kind: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        from_bytes(plain, kind)


@given(st.text(max_size=60) | st.text("0123456789xob_+-.eETZ:~", max_size=20))
def test_any_scalar_is_read_and_can_be_written(text: str) -> None:
    value = plain_scalar(text)
    as_bytes(value)
    msgspec.json.decode(msgspec.json.encode(value))


@given(st.sampled_from((".yaml", ".json", ".env")), st.text("abs:{}[]\",='|>-&*!?#\n \t\\0", max_size=60))
def test_any_text_is_a_file_or_malformed(ending: str, text: str) -> None:
    with contextlib.suppress(InputError):
        parsed(text, ending, "sops:x")
