"""The variables of a project as a table in Markdown."""

import json
from typing import Final

from samestack.config.schema.describing import phrase
from samestack.config.schema.field import Field, Schema

_HEADER: Final = ("Variable", "Type", "Default", "Required", "Secret", "Description")


def markdown_table(schema: Schema) -> str:
    """A row for each variable, in the order in which they are declared, ending with a line break."""
    rows = [_HEADER, ("---",) * len(_HEADER), *map(_row, schema.fields)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(field: Field) -> tuple[str, ...]:
    aliases = f" (or {', '.join(map(_code, field.aliases))})" if field.aliases else ""
    return (
        f"{_code(field.name)}{aliases}",
        _text(phrase(field)),
        _default(field),
        _required(field),
        _secret(field),
        _text(field.description),
    )


def _default(field: Field) -> str:
    """The default; a secret has none that could be shown."""
    if field.is_secret or not field.has_default:
        return ""
    return _code(field.default if isinstance(field.default, str) else json.dumps(field.default))


def _required(field: Field) -> str:
    return "always" if field.is_required else _text(", ".join(field.required_in))


def _secret(field: Field) -> str:
    if not field.is_secret:
        return ""
    return "yes" if field.longest_age_days is None else f"yes, at most {field.longest_age_days} days old"


def _code(text: str) -> str:
    """A text as code. A backtick in it takes a longer fence, and an empty one is quoted to be seen."""
    flat = _flat(text).replace("|", r"\|") or '""'
    longest = max((len(run) for run in _runs(flat)), default=0)
    fence = "`" * (longest + 1)
    space = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{space}{flat}{space}{fence}"


def _runs(text: str) -> list[str]:
    return [run for run in "".join(c if c == "`" else " " for c in text).split(" ") if run]


def _text(text: str) -> str:
    """A text with nothing in it that Markdown or HTML would read."""
    special = r"\`*_[]|<>&"
    return "".join(f"\\{c}" if c in special else c for c in _flat(text))


def _flat(text: str) -> str:
    return " ".join(text.split())
