"""YAML that every reader reads as the same: what is a text stays one, texts of several lines are blocks."""

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

_BLOCK_SAFE: Final = re.compile(r"[^\r\x85\u2028\u2029]*\n[^\r\x85\u2028\u2029]*")
"""Other line ends than a line feed are lost in a block."""
_READ_AS_BOOL: Final = re.compile(r"[yYnN]$")


class Text(str):
    """A text that is quoted whatever it looks like: a value of a ConfigMap, which is never a number."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - an alias is a riddle to who reads it
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, False)  # noqa: FBT003 - items of a list stand in from their key


def _text(dumper: yaml.SafeDumper, text: Text) -> yaml.ScalarNode:
    style = "|" if _BLOCK_SAFE.fullmatch(text) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


_Dumper.add_representer(Text, _text)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:bool", _READ_AS_BOOL, list("yYnN"))


def yaml_text(document: Mapping[str, Any]) -> str:
    """The document, its keys in the order that they have."""
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)


def texts(values: Mapping[str, str]) -> dict[str, Text]:
    """Values each as a text, by name in order."""
    return {name: Text(value) for name, value in sorted(values.items())}
