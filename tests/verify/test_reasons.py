"""Why a constraint is there, in a sentence that stands alone in a manifest."""

from samestack.verify.reasons import reason_of
from samestack.verify.search.search import Mend
from samestack.verify.search.world import Failure


def failure(package: str, words: str = "") -> Failure:
    return Failure(package=package, cause="import-failure", words=words)


def test_the_release_that_is_held_off_is_named_once() -> None:
    seen = failure("alpha", "alpha 1.0 cannot be imported: ImportError: no old")
    assert reason_of(Mend(requirement="beta<4", mended=(seen,), instead_of="6.0")) == (
        "with beta 6.0, alpha 1.0 cannot be imported: ImportError: no old"
    )
    named = failure("alpha", "alpha 1.0: it fails with beta 6.0")
    assert reason_of(Mend(requirement="beta<4", mended=(named,), instead_of="6.0")) == (
        "alpha 1.0: it fails with beta 6.0"
    )


def test_other_packages_that_fail_are_named() -> None:
    names = ("alpha", "gamma", "alpha", "delta", "epsilon", "zeta")
    failures = [failure(one, f"{one} does not work with beta 6.0") for one in names]

    def reason(count: int) -> str:
        return reason_of(Mend(requirement="beta<4", mended=tuple(failures[:count]), instead_of="6.0"))

    assert reason(1) == "alpha does not work with beta 6.0"
    assert reason(2) == "alpha does not work with beta 6.0; so does gamma"
    assert reason(4) == "alpha does not work with beta 6.0; so do gamma and delta"
    assert reason(6) == "alpha does not work with beta 6.0; so do gamma, delta, epsilon and 1 more"


def test_words_of_several_lines_are_one() -> None:
    several = failure("alpha", "alpha fails:\n  twice")
    assert reason_of(Mend(requirement="beta<4", mended=(several,))) == "alpha fails: twice"
    assert reason_of(Mend(requirement="beta<4", mended=(failure("alpha"),))) == "alpha does not work"


def test_where_nothing_is_known_to_fail_alone_the_whole_is_named() -> None:
    assert "do not work together" in reason_of(Mend(requirement="beta<4", mended=()))
