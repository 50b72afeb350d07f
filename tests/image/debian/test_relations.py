import pytest

from samestack.errors import InputError
from samestack.image.debian.relations import Relation, clauses, compared


def test_clauses_have_alternatives_and_versions() -> None:
    assert clauses("libc6 (>= 2.34), awk | mawk:any(<<1.0~), python3:any") == (
        (Relation("libc6", ">=", "2.34"),),
        (Relation("awk"), Relation("mawk", "<<", "1.0~")),
        (Relation("python3"),),
    )
    assert clauses("") == ()


@pytest.mark.parametrize("text", ["a (~ 1)", "A", "a | ", "a (>= 1", "a b"])
def test_what_is_no_relation_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"is no relation"):
        clauses(text)


@pytest.mark.parametrize(
    ("relation", "admitted", "refused"),
    [
        ("a", ["0"], []),
        ("a (>= 1.0)", ["1.0", "1.0-1", "1:0.1"], ["1.0~rc1"]),
        ("a (<< 2)", ["2~", "1.9"], ["2", "2-0.1"]),
        ("a (= 1-1)", ["1-1"], ["1-1+b1"]),
        ("a (<= 1)", ["1", "0.9+dfsg"], ["1+deb12u1"]),
        ("a (>> 1)", ["1.0.1"], ["1"]),
    ],
)
def test_versions_are_compared_as_debian_does(relation: str, admitted: list[str], refused: list[str]) -> None:
    ((one,),) = clauses(relation)
    assert all(map(one.admits, admitted))
    assert not any(map(one.admits, refused))


def test_what_is_no_version_is_refused() -> None:
    with pytest.raises(InputError, match=r"the index of packages"):
        compared("1.0", "one two")
