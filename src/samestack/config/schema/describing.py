"""In words, what a value has to be: ``an integer of seconds from 1 to 64``."""

from collections.abc import Iterator
from typing import Final

import msgspec

from samestack.config.schema.field import Field
from samestack.config.schema.types import NULL, Json, alternatives, items_of, type_name, types_of

_NOUNS: Final = {
    "string": "text",
    "array": "array",
    "object": "map",
    "boolean": "boolean",
    "integer": "integer",
    "number": "number",
    NULL: "null",
}
_ITEMS: Final = {
    "string": "texts",
    "array": "arrays",
    "object": "maps",
    "boolean": "booleans",
    "integer": "integers",
    "number": "numbers",
}
_MOST_MEMBERS: Final = 20
_OF_SECRETS: Final = "password"
"""The form that pydantic gives to secrets, of which it says nothing."""


def wanted(field: Field) -> str:
    """What a field takes, with an article: ``an integer from 1 to 64``, ``one of DEBUG, INFO``."""
    return with_article(phrase(field))


def phrase(field: Field) -> str:
    """What a field takes: ``integer from 1 to 64``, ``map or null``, ``value`` where anything goes."""
    found = dict.fromkeys(_phrase(one, field.unit) for one in alternatives(field.schema))
    return " or ".join(sorted(found, key=lambda one: one == _NOUNS[NULL]))


def kind_of(value: object) -> str:
    """What a value is, with an article, and nothing else of it: ``a text``."""
    return with_article(_NOUNS.get(type_name(value), "value that JSON does not have"))


def with_article(words: str) -> str:
    """The words with ``a`` or ``an`` before them, where they take one."""
    if words.startswith(("one of ", "null", "exactly ")):
        return words
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"


def _phrase(schema: Json, unit: str) -> str:
    if "const" in schema:
        return f"exactly {_shown(schema['const'])}"
    if "enum" in schema:
        members = [_shown(one) for one in schema["enum"]]
        more = ", ..." if len(members) > _MOST_MEMBERS else ""
        return f"one of {', '.join(members[:_MOST_MEMBERS])}{more}{f' {unit}' if unit else ''}"
    types = types_of(schema)
    noun = " or ".join(_NOUNS.get(name, name) for name in types) or "value"
    of = f" of {unit}" if unit else ""
    return "".join((f"{noun}{_of_items(schema)}{of}", *_bounds(schema), *_form(schema)))


def _of_items(schema: Json) -> str:
    items = items_of(schema)
    names = [_ITEMS[name] for name in types_of(items or {}) if name in _ITEMS]
    if items is None or not names:
        return ""
    own = "".join((*_bounds(items), *_form(items)))
    members = f", each one of {', '.join(map(_shown, items['enum']))}" if "enum" in items else ""
    return f" of {' or '.join(names)}{members}{f', each{own}' if own else ''}"


def _bounds(schema: Json) -> Iterator[str]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        yield f" from {least} to {most}"
    else:
        yield from _range(least, most, "")
    if "exclusiveMinimum" in schema:
        yield f" above {schema['exclusiveMinimum']}"
    if "exclusiveMaximum" in schema:
        yield f" below {schema['exclusiveMaximum']}"
    yield from _range(schema.get("minLength"), schema.get("maxLength"), " character")
    yield from _range(schema.get("minItems"), schema.get("maxItems"), " item")


def _range(least: object, most: object, what: str) -> Iterator[str]:
    last = least if most is None else most
    what += "s" if what and last != 1 else ""
    if least is not None and least == most:
        yield f" of exactly {least}{what}"
    elif least is not None and most is not None:
        yield f" of {least} to {most}{what}"
    elif last is not None:
        yield f" of at {'least' if most is None else 'most'} {last}{what}"


def _form(schema: Json) -> Iterator[str]:
    form = schema.get("format", schema.get("x-format"))
    if isinstance(form, str) and form != _OF_SECRETS:
        yield f" in the form {form}"
    if "pattern" in schema:
        yield f" like {schema['pattern']}"


def _shown(value: object) -> str:
    return value if isinstance(value, str) and value else msgspec.json.encode(value).decode()
