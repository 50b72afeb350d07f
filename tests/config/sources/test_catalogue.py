"""Every kind of source is found by its name, and what is none is said."""

import pytest

from samestack.config.sources.catalogue import own_kinds, source_kind
from samestack.errors import RequestError


@pytest.mark.parametrize("name", own_kinds())
def test_every_kind_of_ours(name: str) -> None:
    assert source_kind(name).name == name


def test_they_are_listed_from_the_highest_layer() -> None:
    ranks = [source_kind(name).rank for name in own_kinds()]
    assert ranks == sorted(ranks)


def test_a_kind_that_there_is_not() -> None:
    with pytest.raises(RequestError, match="there is no kind of source 'dotnev'") as error:
        source_kind("dotnev")
    assert error.value.hint == "did you mean 'dotenv'?"
