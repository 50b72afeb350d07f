"""Secrets as a document that people edit, and back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from samestack.config.age.secret_document import Secrets, check_value, is_same, replaced, without
from samestack.config.rank import Rank
from samestack.config.sources.document import document_entries

_HEADER: Final = """\
# The secrets of {profile}, which are encrypted again when this is saved and closed.
# NAME = "value", a line each; when a value was changed is noted by itself.
"""


def editable(secrets: Secrets, profile: str) -> str:
    """The values as TOML."""
    return _HEADER.format(profile=profile) + "\n" + _toml(dict(sorted(secrets.values.items())))


def document_values(path: Path, shown: str) -> dict[str, Any]:
    """The variables of a document, all maps taken apart.

    :class:`~samestack.errors.InputError` for what is malformed, or cannot be kept.
    """
    values = {entry.name: entry.value for entry in document_entries(path, shown, Rank.OVERRIDE, frozenset())}
    for name, value in values.items():
        check_value(value, shown, name)
    return values


def rebased(now: Secrets, before: Secrets, values: Mapping[str, Any], time: str) -> Secrets:
    """What became of ``before`` in an editor, done to the secrets as they are now.

    What somebody else changed meanwhile stays, unless the editor changed it, too.
    """
    old = before.values
    mine = {name: value for name, value in values.items() if name not in old or not is_same(old[name], value)}
    return replaced(without(now, frozenset(old) - frozenset(values)), mine, time)


def _toml(values: Mapping[str, Any]) -> str:
    """Keys of several lines as people can read them, where that is the same to a reader."""
    import tomllib

    import tomli_w

    text = tomli_w.dumps(values, multiline_strings=True)
    return text if is_same(tomllib.loads(text), values) else tomli_w.dumps(values)
