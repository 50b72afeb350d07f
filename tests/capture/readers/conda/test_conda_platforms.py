import sysconfig

import pytest
from rattler import Subdir

from samestack.capture.readers.conda.conda_platforms import choice_remark, preferred, this_platform


def test_this_platform_is_what_rattler_calls_it() -> None:
    assert this_platform() == str(Subdir.current()), sysconfig.get_platform()


def test_what_is_wanted_is_preferred() -> None:
    assert preferred(["osx-arm64", "linux-64"], "linux-64") == "linux-64"
    assert preferred(["osx-arm64", "win-64"], "linux-64") == "osx-arm64"
    with pytest.raises(IndexError):
        preferred([], "linux-64")


@pytest.mark.parametrize(
    ("chosen", "found", "code", "message"),
    [
        ("a", ["a", "b"], "other-platforms", "the platform a was read; it also holds b"),
        ("b", ["b"], "platform-absent", "it has no platform a; the platform b was read"),
        (
            "b",
            ["b", "c"],
            "platform-absent",
            "it has no platform a; the platform b was read; it also holds c",
        ),
    ],
)
def test_a_choice_is_remarked_on(chosen: str, found: list[str], code: str, message: str) -> None:
    (remark,) = choice_remark("platform", chosen, "a", found, "x.lock")
    assert (remark.code, remark.subject, remark.message, remark.place) == (code, chosen, message, "x.lock")


def test_where_there_is_no_choice_there_is_nothing_to_say() -> None:
    assert choice_remark("platform", "a", "a", ["a"], "x.lock") == ()
