"""The parts of an encrypted file: the tree of its values, and what SOPS notes about it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from samestack.capture.documents import decode_json, shaped
from samestack.config.sops.yaml_tree import yaml_tree
from samestack.errors import InputError

ENDINGS: Final = (".yaml", ".yml", ".json", ".env")
"""What the name of a file may end in; the format follows from it."""
_METADATA: Final = "sops"
_FLAT: Final = "sops_"
_FLAT_AGE: Final = re.compile(r"sops_age__list_\d+__map_enc")
_UNENCRYPTED: Final = "encrypt it with: sops encrypt --in-place"


class AgeKey(Struct, frozen=True):
    """The data key, encrypted to one recipient."""

    enc: str


class Metadata(Struct, frozen=True):
    """What SOPS notes about a file, as far as it concerns us."""

    mac: str
    lastmodified: str
    age: tuple[AgeKey, ...] | None = None
    mac_only_encrypted: bool = False
    """Whether values that are not encrypted may be changed by anybody."""
    key_groups: tuple[Any, ...] | None = None
    """Where the data key is shared out, of which several parts are needed."""


class SopsFile(Struct, frozen=True, kw_only=True):
    """An encrypted file, taken apart."""

    tree: Mapping[str, Any]
    """Its values by key, encrypted ones as texts, in the order of the file, which the MAC follows."""
    metadata: Metadata

    def __repr__(self) -> str:
        return "SopsFile()"


def parsed(text: str, ending: str, shown: str) -> SopsFile:
    """The parts; :class:`InputError` for what is malformed, and for a file that SOPS did not encrypt."""
    if ending == ".env":
        return _of_lines(text, shown)
    if ending == ".json":
        return _of_tree(decode_json(text.encode(), dict[str, Any], file=shown), shown)
    if ending in ENDINGS:
        return _of_tree(yaml_tree(text, shown), shown)
    raise InputError(shown, "no format that is read", hint=f"its name ends in {', '.join(ENDINGS)}")


def _of_tree(tree: Mapping[str, Any], shown: str) -> SopsFile:
    if _METADATA not in tree:
        raise InputError(shown, "SOPS did not encrypt it", hint=_UNENCRYPTED)
    try:
        metadata = shaped(tree[_METADATA], Metadata, file=shown)
    except InputError as error:
        message = error.message.removeprefix(f"{error.file}: ").removeprefix(f"{error.place}: ")
        place = f"{_METADATA}{(error.place or '').removeprefix('$')}"
        raise InputError(shown, message, place=place) from None
    values = {key: value for key, value in tree.items() if key != _METADATA}
    return SopsFile(tree=values, metadata=metadata)


def _of_lines(text: str, shown: str) -> SopsFile:
    r"""``NAME=VALUE`` as SOPS has it: a line break in a value is ``\n``, and no quotes mean anything."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or name in found:
            problem = "a second line of this name" if equals else "not NAME=VALUE"
            raise InputError(shown, problem, place=f"line {number}")
        found[name] = value.replace("\\n", "\n")
    noted = {name: value for name, value in found.items() if name.startswith(_FLAT)}
    if not noted:
        raise InputError(shown, "SOPS did not encrypt it", hint=_UNENCRYPTED)
    tree = {name: value for name, value in found.items() if name not in noted}
    return _of_tree({**tree, _METADATA: _unflattened(noted)}, shown)


def _unflattened(noted: Mapping[str, str]) -> Mapping[str, Any]:
    plain = {name.removeprefix(_FLAT): value for name, value in noted.items()}
    return {
        **{name: plain[name] for name in ("mac", "lastmodified") if name in plain},
        "age": [{"enc": value} for name, value in noted.items() if _FLAT_AGE.fullmatch(name)],
        "mac_only_encrypted": plain.get("mac_only_encrypted") == "true",
        "key_groups": [name for name in plain if name.startswith("key_groups")],
    }
