import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.oci.registry.challenges import challenges

TOKEN = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=8)
VALUE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


def test_a_token_server_is_named() -> None:
    (one,) = challenges(
        'Bearer realm="https://a.example.com/token",service="a b",scope="repository:x:pull,push"'
    )
    assert one.scheme == "bearer"
    assert one.parameters == {
        "realm": "https://a.example.com/token",
        "service": "a b",
        "scope": "repository:x:pull,push",
    }


def test_several_ways_are_told_apart() -> None:
    first, second, third = challenges('Negotiate, BASIC realm=simple , Bearer Realm = "r"')
    assert (first.scheme, second.scheme, third.scheme) == ("negotiate", "basic", "bearer")
    assert (first.parameters, second.parameters, third.parameters) == (
        {},
        {"realm": "simple"},
        {"realm": "r"},
    )


@pytest.mark.parametrize("header", ["", ",,,", "realm=x", '"', "=", "é"])
def test_what_is_no_challenge_is_passed_over(header: str) -> None:
    assert challenges(header) == ()


@given(st.lists(st.tuples(TOKEN, st.dictionaries(TOKEN, VALUE, min_size=1, max_size=3)), max_size=3))
def test_what_is_written_is_read(said: list[tuple[str, dict[str, str]]]) -> None:
    quoted = [(scheme, {key: _quoted(value) for key, value in rest.items()}) for scheme, rest in said]
    header = ", ".join(
        f"{scheme} " + ", ".join(f"{k}={v}" for k, v in rest.items()) for scheme, rest in quoted
    )
    assert [(one.scheme, dict(one.parameters)) for one in challenges(header)] == said


@given(st.text(max_size=200))
def test_nothing_hangs_or_breaks_it(header: str) -> None:
    challenges(header)


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
