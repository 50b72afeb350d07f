"""Variables declared in a manifest."""

import tomllib
from pathlib import Path

import pytest
from msgspec import UNSET

from samestack.config.schema.field import Field, Schema
from samestack.config.schema.table import schema_of_table
from samestack.errors import InputError

MANIFEST = Path("project/pyproject.toml")


def schema(text: str) -> Schema:
    return schema_of_table(tomllib.loads(text), MANIFEST)


def only(text: str) -> Field:
    (field,) = schema(text).fields
    return field


def test_a_whole_declaration() -> None:
    assert only(
        'MAX_WORKERS = { type = "integer", minimum = 1, maximum = 64, default = 2, unit = "threads", '
        'description = "Threads that answer.", aliases = ["WORKERS"], required = ["production", "staging"] }'
    ) == Field(
        name="MAX_WORKERS",
        aliases=("WORKERS",),
        schema={"type": "integer", "minimum": 1, "maximum": 64},
        required_in=("production", "staging"),
        default=2,
        unit="threads",
        description="Threads that answer.",
    )


def test_a_secret() -> None:
    field = only('API_KEY = { secret = true, required = true, longest-age = "12h", min-length = 8 }')
    assert field.is_secret
    assert field.is_required
    assert field.longest_age_days == 1
    assert field.default is UNSET
    assert field.schema == {"type": "string", "minLength": 8}


@pytest.mark.parametrize(("said", "days"), [("90d", 90), ("1h", 1), ("25h", 2), ("2w", 14)])
def test_ages(said: str, days: int) -> None:
    assert only(f'KEY = {{ secret = true, longest-age = "{said}" }}').longest_age_days == days


def test_arrays() -> None:
    field = only(
        'HOSTS = { type = "array", min-length = 1, items = { type = "string", pattern = "^[a-z]+$" } }'
    )
    assert field.schema == {
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "pattern": "^[a-z]+$"},
    }
    assert only('PORTS = { type = "array", items = "integer" }').schema["items"] == {"type": "integer"}


def test_the_order_and_the_source() -> None:
    found = schema('B = { type = "string" }\nA = { type = "object" }')
    assert [field.name for field in found.fields] == ["B", "A"]
    assert found.source == "pyproject.toml"
    assert found.maps == {"A"}


@pytest.mark.parametrize(
    ("said", "place", "hint"),
    [
        ("A = 3", ".A", "{type"),
        ("A = { typ = 'integer' }", ".A.typ", "did you mean 'type'?"),
        ("A = { min_length = 3 }", ".A.min_length", "did you mean 'min-length'?"),
        ("A = { type = 'text' }", ".A.type", "string, integer"),
        ("A = { type = 'array', items = 'text' }", ".A.items", None),
        ("A = { type = 'array', items = { unit = 's' } }", ".A.items", None),
        ("A = { secret = 'yes' }", ".A.secret", None),
        ("a = { type = 'string' }", ".a", "write A"),
        ("'DB-URL' = { type = 'string' }", ".DB-URL", "write DB_URL"),
        ("A = { aliases = ['b'] }", ".A.aliases", "write B"),
        ("A = { aliases = ['B'] }\nB = {}", ".B", "rename one"),
        ("A = { secret = true, default = 'x' }", ".A.default", "config edit"),
        ("A = { type = 'integer', default = '3' }", ".A.default", "an integer"),
        ("A = { type = 'integer', minimum = 3, default = 2 }", ".A.default", "at least 3"),
        ("A = { default = 2024-01-01 }", ".A.default", "a text"),
        ("A = { type = 'number', default = nan }", ".A.default", "a number"),
        ("A = { minimum = 3 }", ".A.minimum", "integer"),
        ("A = { type = 'integer', exclusive-minimum = 'x' }", ".A.exclusive-minimum", None),
        ("A = { type = 'integer', pattern = 'x' }", ".A.pattern", "string"),
        ("A = { type = 'integer', max-length = 3 }", ".A.max-length", "string"),
        ("A = { items = 'string' }", ".A.items", "array"),
        ("A = { type = 'integer', minimum = 5, maximum = 3 }", ".A", "exchange"),
        ("A = { min-length = -1 }", ".A", "0 or more"),
        ("A = { pattern = '(' }", ".A.pattern", "patterns"),
        ("A = { pattern = '(?=a)' }", ".A.pattern", "look-around"),
        ("A = { format = 'url' }", ".A.format", "did you mean"),
        ("A = { enum = [] }", ".A.enum", "name those"),
        ("A = { enum = ['a', 3] }", ".A.enum[1]", "string"),
        ("A = { longest-age = '3 months' }", ".A.longest-age", "90d"),
        ("A = { longest-age = '0d' }", ".A.longest-age", "90d"),
        ("A = { required = 'production' }", ".A.required", None),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(said: str, place: str, hint: str | None) -> None:
    with pytest.raises(InputError) as caught:
        schema(said)
    assert f"project/pyproject.toml: tool.samestack.config.fields{place}: " in caught.value.message
    if hint is not None:
        assert hint in (caught.value.hint or "")


def test_no_error_quotes_a_default() -> None:
    for said in ("A = { secret = true, default = 'canary' }", "A = { type = 'integer', default = 'canary' }"):
        with pytest.raises(InputError) as caught:
            schema(said)
        assert "canary" not in f"{caught.value} {caught.value.hint}"


def test_formats_of_the_table_are_checked() -> None:
    with pytest.raises(InputError):
        schema("A = { format = 'ipv4', default = '300.0.0.1' }")
    assert only("A = { format = 'ipv4', default = '127.0.0.1' }").default == "127.0.0.1"


def test_the_table_of_the_documentation() -> None:
    page = (Path(__file__).parents[3] / "docs/config/schema.md").read_text()
    manifest = tomllib.loads(page.partition("```toml\n")[2].partition("```")[0])
    found = schema_of_table(manifest["tool"]["samestack"]["config"]["fields"], MANIFEST)
    assert [field.name for field in found.fields if field.is_secret] == ["HUGGINGFACE_API_KEY"]
    assert len(found.fields) == 6
