"""What uv says is read for what it means; the texts are uv's own."""

import pytest

from samestack.solve.uv.uv_words import failure, is_no_solution, names_in, needs_build, said

CLASH = """\
Using CPython 3.11.7
error: No solution found when resolving dependencies
  cause: Because tensorflow==2.15.0 depends on numpy>=1.23.5,<2.0.0 and you require
         tensorflow==2.15.0, we can conclude that you require numpy>=1.23.5,<2.0.0.
"""
OLDER = """\
  \u00d7 No solution found when resolving dependencies:
  ╰─▶ Because numpy==99 was not found and you require numpy==99, we can
      conclude that your requirements are unsatisfiable.
"""
NO_WHEELS = """\
error: No solution found when resolving dependencies
  cause: Because plain==1.0 has no usable wheels
         and you require plain==1.0, we can conclude that your requirements are unsatisfiable.

hint: Wheels are required for `plain` because building from source is disabled for all packages (i.e., with
`--no-build`)
"""
DENIED = """\
error: No solution found when resolving dependencies
  cause: Because six was not found in the package registry
         and you require six, we can conclude that your requirements are unsatisfiable.

hint: An index URL (http://anna:hunter2@127.0.0.1:8080/simple) could not be queried due to a lack of valid
authentication credentials (401 Unauthorized)
"""
FORBIDDEN = """\
error: No solution found when resolving dependencies
  cause: Because six was not found in the package registry
         and you require six, we can conclude that your requirements are unsatisfiable.

hint: An index (http://127.0.0.1:8080/simple) returned a 403 Forbidden error.
Check that the index URL is correct and the credentials are valid.
"""
OFFLINE = """\
error: No solution found when resolving dependencies
  cause: Because six was not found in the cache
         and you require six, we can conclude that your requirements are unsatisfiable.

hint: Packages were unavailable because the network was disabled. When the network is disabled,
registry packages may only be read from the cache.
"""
DOWN = """\
error: Request failed after 3 retries in 5.9s
  cause: Failed to fetch: http://anna:hunter2@127.0.0.1:9/simple/six/
  cause: error sending request for url (http://127.0.0.1:9/simple/six/)
  cause: client error (Connect)
"""


@pytest.mark.parametrize("words", [CLASH, OLDER, NO_WHEELS])
def test_no_solution_is_a_conflict(words: str) -> None:
    assert is_no_solution(1, words)


@pytest.mark.parametrize("words", [DENIED, FORBIDDEN, OFFLINE, DOWN, ""])
def test_an_index_that_does_not_answer_is_none(words: str) -> None:
    assert not is_no_solution(1, words)


def test_a_solution_is_none_whatever_was_said_on_the_way() -> None:
    assert not is_no_solution(0, CLASH)


def test_only_source_distributions_are_worth_another_try() -> None:
    assert needs_build(NO_WHEELS)
    assert not needs_build(CLASH)


def test_reasons_are_kept_in_one_line_and_hints_below() -> None:
    assert said(CLASH) == (
        "Because tensorflow==2.15.0 depends on numpy>=1.23.5,<2.0.0 and you require tensorflow==2.15.0, "
        "we can conclude that you require numpy>=1.23.5,<2.0.0."
    )
    assert said(OLDER).startswith("Because numpy==99 was not found")
    assert said(NO_WHEELS).splitlines()[1].startswith("hint: Wheels are required for `plain`")


@pytest.mark.parametrize("words", [DENIED, DOWN])
def test_no_password_is_repeated(words: str) -> None:
    assert "hunter2" not in said(words) + failure(words)


def test_a_failure_is_told_with_its_cause() -> None:
    assert failure(DOWN) == (
        "Request failed after 3 retries in 5.9s: Failed to fetch: http://127.0.0.1:9/simple/six/: "
        "error sending request for url (http://127.0.0.1:9/simple/six/)"
    )
    assert failure("") == "it says nothing"


def test_names_are_found_in_the_words() -> None:
    assert {"tensorflow", "numpy"} <= names_in(CLASH)
    assert "typing-extensions" in names_in("all of: Typing_Extensions>=4,<5 torch==1.13.0")
