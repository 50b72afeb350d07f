"""The variables that a command is given, and what it keeps of this process's own."""

from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from samestack.config.resolution import Resolution
from samestack.config.variable_text import variable_text
from samestack.errors import RequestError

KEPT: Final = frozenset({"HOME", "LANG", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER"})
"""What a program is given in a pristine environment, too: nothing works without it."""
UNLOCKING: Final = frozenset({"SAMESTACK_AGE_IDENTITY"})
"""What opens every secret of a profile, and is no program's business."""
_KEPT_PREFIX: Final = "LC_"


def pristine(variables: Mapping[str, str]) -> Mapping[str, str]:
    """Of the variables of this process, those that every program needs."""
    return {name: value for name, value in variables.items() if name in KEPT or name.startswith(_KEPT_PREFIX)}


def variables_of(resolution: Resolution, only: Collection[str] = ()) -> Mapping[str, str]:
    """The configuration as variables, all or those named; null is a variable that is not there.

    :class:`~samestack.errors.RequestError` for a name in ``only`` that the profile does not have, and for a
    value that no variable can hold.
    """
    values = {value.name: value.value for value in resolution.values}
    for name in only:
        if name not in values:
            from samestack.check.suggestion import did_you_mean

            said = f"the profile '{resolution.profile}' has no variable {name}"
            raise RequestError(said, hint=did_you_mean(name, values))
    chosen = {name: value for name, value in values.items() if not only or name in only}
    texts = {name: variable_text(value) for name, value in chosen.items() if value is not msgspec.UNSET}
    for name, text in texts.items():
        if text is not None and "\0" in text:
            raise RequestError(f"{name}: a value with a NUL in it can be no variable", hint="encode it")
    return {name: text for name, text in texts.items() if text is not None}


def surroundings(
    variables: Mapping[str, str], resolution: Resolution, only: Collection[str] = ()
) -> Mapping[str, str]:
    """The variables of this process with the configuration over them.

    What the configuration knows and does not give is taken away, by every name that the program would read
    it by: an inherited variable would shadow a null, or what goes before it. So is :data:`UNLOCKING`.
    """
    known = {name for field in resolution.schema.fields for name in field.names}
    known.update(value.name for value in resolution.values)
    inherited = {name: value for name, value in variables.items() if name not in known | UNLOCKING}
    return {**inherited, **variables_of(resolution, only)}
