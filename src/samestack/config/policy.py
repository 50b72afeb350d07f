"""What may stand where: secrets only where they are kept, not for too long, and not shadowed by accident."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.config.credentials import passwords_in
from samestack.config.entry import Entry, Value
from samestack.config.rank import Rank
from samestack.config.schema.field import Field, Schema
from samestack.config.version_control import is_committed
from samestack.model.layer import Layer

_KEEP: Final = "keep it in a secret store (Vault, AWS Secrets Manager, a Kubernetes Secret, an age file)"
_DELETE: Final = f"{_KEEP}, and change it: it stays in the history"


def judged(
    values: tuple[Value, ...], schema: Schema, *, strict: bool, now: dt.datetime, project: Path
) -> Iterator[Finding]:
    """What the policy has against the values, whatever shadows them; no value in any word.

    ``strict`` is whether what is only odd elsewhere fails.
    """
    fields = {field.name: field for field in schema.fields}
    for value in values:
        field = fields.get(value.name)
        if field is not None and field.is_secret:
            yield from _misplaced(value, project)
            yield from _shadowing(value, strict=strict)
        else:
            yield from _address(value)
        if field is not None and field.longest_age_days is not None:
            yield from _stale(value, field, field.longest_age_days, now)


def _misplaced(value: Value, project: Path) -> Iterator[Finding]:
    for entry in _said(value):
        if entry.value in (None, ""):  # a template's empty place
            continue
        match entry.origin.rank:
            case Rank.OVERRIDE:
                message = (
                    "a secret on a command line: every user of this machine can read it in the process list"
                )
                yield _finding("secret-on-command-line", entry, message, _KEEP)
            case Rank.DOTENV if is_committed(project / entry.origin.source):
                yield _finding("secret-in-file", entry, "a secret in a file that is committed", _DELETE)
            case Rank.PROFILE | Rank.BASE if not entry.origin.is_protected:
                yield _finding(
                    "secret-in-file", entry, "a secret in a file that belongs to the code", _DELETE
                )
            case _ if entry.origin.is_protected is False:
                message = "a secret in a store that anybody who runs there may read"
                yield _finding("secret-in-store", entry, message, f"{_KEEP}, and change it")


def _shadowing(value: Value, *, strict: bool) -> Iterator[Finding]:
    managed = next((one for one in value.shadowed if one.origin.rank is Rank.SECRET_STORE), None)
    if value.origin.rank is Rank.PROCESS and managed is not None:
        yield _finding(
            "secret-shadowed",
            value,
            f"an environment variable goes before the secret that {managed.origin.source} keeps",
            f"unset {value.name}, or take it out of the store",
            severity=Severity.ERROR if strict else Severity.WARNING,
        )


def _address(value: Value) -> Iterator[Finding]:
    for entry in _said(value):
        is_open = entry.origin.is_protected is False and entry.origin.rank is not Rank.DEFAULT
        if is_open and isinstance(entry.value, str) and passwords_in(entry.value):
            yield _finding(
                "secret-in-file" if entry.origin.rank in (Rank.PROFILE, Rank.BASE) else "secret-in-store",
                entry,
                "an address with a password in it, in a place that keeps no secrets",
                f"mark {value.name} as secret and keep it in a secret store, or give the password apart",
                severity=Severity.WARNING,
            )


def _stale(value: Value, field: Field, longest: int, now: dt.datetime) -> Iterator[Finding]:
    if value.origin.rank is Rank.DEFAULT or value.value is None:
        return
    changed = _time(value.origin.changed)
    if changed is None:
        message = f"it may be {longest} days old, and how old it is, its source does not tell"
        remedy = "keep it where that is told: Vault, AWS Secrets Manager, an age file"
        yield _finding("secret-stale", value, message, remedy, severity=Severity.UNKNOWN)
    elif (age := (now - changed).days) > longest:
        message = f"it is {age} days old, and may be {longest}"
        noun = "secret" if field.is_secret else "value"
        yield _finding("secret-stale", value, message, f"make a new {noun} and put it where the old one is")


def _time(text: str) -> dt.datetime | None:
    try:
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


def _said(value: Value) -> tuple[Value | Entry, ...]:
    return (value, *value.shadowed)


def _finding(
    rule: str, said: Value | Entry, message: str, remedy: str, *, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        layer=Layer.CONFIGURATION,
        subject=said.name,
        message=message,
        remedy=remedy,
        place=str(said.origin),
    )
