"""The entry point: finds the verb, runs it, and turns every error into a message and an exit status."""

import gc
import os
import sys
from collections.abc import Callable, Sequence

from samestack import __version__
from samestack.errors import SamestackError

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells write it: 128 + SIGINT."""


_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def program() -> None:
    """The program ``samestack``: runs the command line and leaves at once.

    An interpreter that ends in the ordinary way frees every object first, which nobody would notice.
    """
    status = main()
    sys.stderr.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    # Most of what a command makes lives until it ends: looking for garbage in it takes a tenth of the time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:  # the question that scripts ask often is answered before any parser is loaded
        return _guarded(lambda: _printed(f"samestack {__version__}\n"), debug=False)
    if words == ["sync"]:  # and so is whether anything changed since the last sync
        from samestack.envs.syncing.stamp import last_words

        if said := last_words(".venv", "."):
            return _guarded(lambda: _printed(f"{said}\n"), debug=False)
        from samestack.cli.sync import run_plainly

        return _guarded(run_plainly, debug=False)
    from samestack.cli.parser import VERBS, build_parser, verb_parser

    if not words or words[0] not in VERBS:
        parser = build_parser()
        parser.parse_args(words)  # answers --help, and refuses what is no verb
        return _guarded(lambda: _printed(parser.format_help(), status=2), debug=False)
    parsed = verb_parser(words[0]).parse_args(words[1:])
    return _guarded(lambda: int(parsed.run(parsed)), debug=parsed.debug)


def _printed(text: str, *, status: int = 0) -> int:
    sys.stdout.write(text)
    return status


def _guarded(action: Callable[[], int], *, debug: bool) -> int:
    try:
        status = action()
        sys.stdout.flush()
    except SamestackError as error:
        if debug:
            raise
        _say(error)
        return error.exit_status
    except BrokenPipeError:
        # Whoever read the output, a pager mostly, has seen enough. Python must not flush into the void.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        _say(SamestackError("interrupted; nothing half-made is left"))
        return INTERRUPTED
    except Exception as error:  # the last guard: a user sees a sentence, a developer --debug
        if debug:
            raise
        fault = f"this should not happen: {type(error).__name__} in {_place(error)}"
        _say(SamestackError(fault, hint="run it again with --debug and report what it says"))
        return SamestackError.exit_status
    return status


def _place(error: BaseException) -> str:
    """Where an error was raised. What it says is for ``--debug``: it may quote a secret."""
    at, where = error.__traceback__, "an unknown place"
    while at is not None:
        where, at = f"{os.path.basename(at.tb_frame.f_code.co_filename)}, line {at.tb_lineno}", at.tb_next  # noqa: PTH119
    return where


def _say(error: SamestackError) -> None:
    from rich.console import Console

    from samestack.render.message import print_error

    print_error(error, Console(stderr=True, highlight=False))
