"""``samestack config rotate``: a new value, or new recipients, for a profile's secrets."""

import argparse
import datetime as dt
import sys
from typing import TYPE_CHECKING, Final

from samestack.cli.configs.secret_store import (
    STDIN,
    add_store,
    note,
    piped_text,
    profile_and_store,
    stores_of_all,
)
from samestack.errors import InputError, RequestError

if TYPE_CHECKING:
    from samestack.config.age.secret_document import Secrets
    from samestack.config.age.store import Store

EXAMPLES = """\
  samestack config rotate API_KEY --profile production   asks for the new value
  samestack config rotate SIGNING_KEY --generate         32 random bytes
  samestack config rotate --all                          to the recipients of today, every profile
"""
_BYTES: Final = 32
_FEWEST: Final = 16
_MOST: Final = 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("name", nargs="?", metavar="NAME", help="a variable that gets a new value, from a prompt or a pipe")
    add_store(parser)
    add("--all", action="store_true", help="every profile that has secrets")
    add(
        "--generate",
        nargs="?",
        type=int,
        const=_BYTES,
        metavar="BYTES",
        help=f"with NAME: a random value of so many bytes, {_BYTES} by default, in letters, digits, - and _",
    )


def run(arguments: argparse.Namespace) -> int:
    """Change one value, or encrypt all to the recipients of today."""
    _check(arguments)
    if arguments.name:
        return _new_value(arguments)
    stores = [*stores_of_all(arguments)] if arguments.all else [profile_and_store(arguments)]
    if not stores:
        raise RequestError("no profile has secrets here", hint="begin with: samestack config encrypt FILE")
    for _, store in stores:  # all can be read before one is written
        _existing(store)
    for _, store in stores:
        _say(store, *store.change(lambda secrets: secrets, always=True))
    return 0


def _check(arguments: argparse.Namespace) -> None:
    if arguments.all and (arguments.name or arguments.profile):
        hint = "leave --all out, or the other"
        raise RequestError("--all is every profile, and no single variable", hint=hint)
    if arguments.generate is not None and not arguments.name:
        hint = "for example: samestack config rotate SIGNING_KEY --generate"
        raise RequestError("--generate makes a value for a variable", hint=hint)
    if arguments.generate is not None and not _FEWEST <= arguments.generate <= _MOST:
        raise RequestError(f"--generate takes {_FEWEST} to {_MOST} bytes")


def _existing(store: "Store") -> "Secrets":
    if not store.path.exists():
        hint = "begin with: samestack config encrypt FILE"
        raise RequestError(f"{store.path}: there is no such file", hint=hint)
    return store.read()


def _say(store: "Store", before: "Secrets", after: "Secrets") -> None:
    added = set(after.recipients) - set(before.recipients)
    removed = set(before.recipients) - set(after.recipients)
    count = len(after.recipients)
    changes = "".join(
        f", {len(some)} {word}" for some, word in ((added, "added"), (removed, "removed")) if some
    )
    sys.stdout.write(f"{store.path}: encrypted to {count} recipient{'s' * (count > 1)}{changes}\n")
    if removed:
        note("who was removed can still read what is in older commits: give the secrets new values, too")


def _new_value(arguments: argparse.Namespace) -> int:
    from samestack.config.age.secret_document import replaced, stamp

    _, store = profile_and_store(arguments)
    name = _known(arguments.name, _existing(store))
    store.checked_recipients()
    value = _generated(arguments.generate) if arguments.generate is not None else _asked(name)
    now = stamp(dt.datetime.now(dt.UTC))

    def changed(secrets: "Secrets") -> "Secrets":
        made = replaced(secrets, {name: value}, now)
        if made == secrets:
            raise RequestError(f"{name} has this value already", hint="get a new one where it is issued")
        return made

    store.change(changed)
    sys.stdout.write(f"{store.path}: {name} changed\n")
    return 0


def _known(written: str, secrets: "Secrets") -> str:
    from samestack.check.suggestion import did_you_mean
    from samestack.config.names import variable_name

    name = variable_name((written,))
    if name is None or name not in secrets.variables:
        # It is not shown: somebody may have written the value here.
        hint = did_you_mean(name or "", secrets.variables) or "add it with: samestack config encrypt FILE"
        raise RequestError("there is no variable of that name among the secrets", hint=hint)
    return name


def _generated(length: int) -> str:
    import secrets

    return secrets.token_urlsafe(length)


def _asked(name: str) -> str:
    """The value from a prompt that shows nothing, or from a pipe less the newline at its end."""
    if sys.stdin.isatty():
        import getpass

        value = getpass.getpass(f"The new value of {name}: ")
    else:
        value = piped_text().removesuffix("\n").removesuffix("\r")
    if not value:
        raise InputError(STDIN, f"no value for {name}")
    return value
