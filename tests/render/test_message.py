"""An error on a terminal."""

from samestack.errors import InputError, OutsideError
from samestack.render.message import print_error
from tests.render.golden_text import drawn


def test_the_message_and_below_it_the_hint() -> None:
    error = InputError("a.json", "not JSON", place="line 3", hint="capture it again")
    assert drawn(lambda console: print_error(error, console)) == (
        "error: a.json: line 3: not JSON\n hint: capture it again\n"
    )


def test_further_lines_stand_under_the_first() -> None:
    error = OutsideError("uv ended with status 2:\nno such\x1b[2J option")
    assert drawn(lambda console: print_error(error, console)) == (
        "error: uv ended with status 2:\n       no such\\x1b[2J option\n"
    )


def test_a_long_path_is_not_broken() -> None:
    path = "/".join(["directory"] * 30)
    assert path in drawn(lambda console: print_error(OutsideError(f"{path}: no [bold]space[/]"), console))


def test_on_a_terminal_it_is_coloured() -> None:
    text = drawn(lambda console: print_error(OutsideError("x"), console), is_terminal=True)
    assert text.startswith("\x1b[1;31merror: \x1b[0mx")
