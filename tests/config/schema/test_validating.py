"""Values judged by their fields, all in one pass."""

import subprocess
import sys
from typing import Any

import msgspec
import pytest

from samestack.check.finding import Finding, Severity
from samestack.config.entry import Value
from samestack.config.rank import Rank
from samestack.config.schema.field import Field, Schema
from samestack.config.schema.validating import validated
from tests.config.configurations import entry, value

FIELDS = (
    Field(name="DATABASE_URL", schema={"type": "string"}, is_required=True),
    Field(
        name="API_KEY", schema={"type": "string", "minLength": 8}, is_secret=True, required_in=("production",)
    ),
    Field(
        name="MAX_WORKERS",
        aliases=("WORKERS",),
        schema={"type": "integer", "minimum": 1, "maximum": 64},
        default=2,
    ),
    Field(name="TIMEOUT", schema={"type": "number", "minimum": 0.1}, unit="seconds"),
    Field(name="LOG_LEVEL", schema={"type": "string", "enum": ["DEBUG", "INFO"]}),
    Field(name="HOSTS", schema={"type": "array", "items": {"type": "string"}}),
    Field(name="MAYBE", schema={"anyOf": [{"type": "integer"}, {"type": "null"}]}),
    Field(name="CODE", schema={"type": "string", "pattern": "^(?:[a-z]{2}|[0-9])+$"}),
    Field(name="EVEN", schema={"type": "integer", "multipleOf": 2}),
)
SCHEMA = Schema(fields=FIELDS, source="pyproject.toml")
URL = value("DATABASE_URL", "sqlite://")


def judged(*values: Value, profile: str = "development") -> tuple[dict[str, Any], tuple[Finding, ...]]:
    found, findings = validated((*values, URL), SCHEMA, profile)
    return {one.name: one.value for one in found}, findings


def only(*values: Value) -> Finding:
    (finding,) = judged(*values)[1]
    return finding


def test_texts_are_typed_and_defaults_added() -> None:
    values, findings = judged(value("TIMEOUT", "2.5"), value("HOSTS", '["a"]'))
    assert findings == ()
    assert values == {"DATABASE_URL": "sqlite://", "HOSTS": ["a"], "MAX_WORKERS": 2, "TIMEOUT": 2.5}


def test_a_default_is_the_lowest_of_what_is_shadowed() -> None:
    base = entry("MAX_WORKERS", 4, Rank.BASE)
    found, _ = validated((value("MAX_WORKERS", "8", Rank.PROCESS, base), URL), SCHEMA, "development")
    workers = next(one for one in found if one.name == "MAX_WORKERS")
    assert [(one.value, one.origin.rank) for one in workers.shadowed] == [(4, Rank.BASE), (2, Rank.DEFAULT)]
    assert str(workers.shadowed[1].origin) == "pyproject.toml, MAX_WORKERS"


@pytest.mark.parametrize(
    ("name", "said", "rule", "wanted"),
    [
        ("MAX_WORKERS", "many", "config-type", "an integer from 1 to 64"),
        ("MAX_WORKERS", True, "config-type", "an integer from 1 to 64"),
        ("MAX_WORKERS", 99, "config-range", "an integer from 1 to 64"),
        ("TIMEOUT", "0", "config-range", "a number of seconds of at least 0.1"),
        ("TIMEOUT", float("nan"), "config-type", "a number of seconds"),
        ("LOG_LEVEL", "TRACE", "config-range", "one of DEBUG, INFO"),
        ("LOG_LEVEL", 3, "config-type", "one of DEBUG, INFO"),
        ("DATABASE_URL", 1.1, "config-type", "a text"),
        ("HOSTS", ["a", 2], "config-type", "an array of texts"),
        ("HOSTS", "a,b", "config-type", "an array of texts"),
        ("API_KEY", "short", "config-range", "a text of at least 8 characters"),
        ("CODE", "UPPER", "config-range", "a text like"),
        ("EVEN", "3", "config-range", "an integer"),
        ("EVEN", ["3"], "config-type", "an integer"),
        ("MAYBE", "", "config-type", "an integer or null"),
        ("MAX_WORKERS", None, "config-null", "an integer from 1 to 64"),
    ],
)
def test_what_is_wrong_is_told_with_what_is_wanted(name: str, said: object, rule: str, wanted: str) -> None:
    _, findings = validated((value(name, said, place="line 3"), URL), SCHEMA, "development")
    (finding,) = (one for one in findings if one.subject != "DATABASE_URL" or name == "DATABASE_URL")
    assert (finding.rule, finding.severity, finding.subject) == (rule, Severity.ERROR, name)
    assert finding.place == "profile, line 3"
    assert wanted in finding.message
    assert "profile" in finding.remedy


def test_null_where_it_may_be() -> None:
    values, findings = judged(value("MAYBE", None))
    assert findings == ()
    assert values["MAYBE"] is None


def test_unknown_names() -> None:
    finding = only(value("MAX_WORKER", 3))
    assert (finding.rule, finding.severity) == ("config-unknown", Severity.ERROR)
    assert "did you mean 'MAX_WORKERS'?" in finding.remedy
    assert only(value("MAX_WORKER", 3, Rank.DOTENV)).severity is Severity.WARNING
    assert only(value("MAX_WORKER", 3, Rank.OVERRIDE)).severity is Severity.ERROR
    for rank in (Rank.PROCESS, Rank.DIRECTORY):
        assert judged(value("MAX_WORKER", 3, rank))[1] == ()


def test_missing_in_this_profile() -> None:
    values, findings = judged(profile="production")
    (finding,) = findings
    assert (finding.rule, finding.subject) == ("config-missing", "API_KEY")
    assert "production" in finding.message
    assert "a text of at least 8 characters" in finding.message
    assert "a secret store" in finding.evidence[0]
    assert finding.place == "pyproject.toml"
    assert "API_KEY" not in values


def test_everything_at_once() -> None:
    found, findings = validated(
        (value("MAX_WORKERS", "x"), value("LOG_LEVEL", "y"), value("MAYBE", []), value("ODD", 1)),
        SCHEMA,
        "production",
    )
    assert sorted(one.rule for one in findings) == [
        "config-missing",
        "config-missing",
        "config-range",
        "config-type",
        "config-type",
        "config-unknown",
    ]
    assert next(one.value for one in found if one.name == "MAX_WORKERS") == "x"
    assert [one.name for one in found] == sorted(one.name for one in found)


def test_no_finding_has_a_value_in_its_words() -> None:
    wrong = ("canary-4711", ["canary-4711"], {"canary-4711": "canary-4711"})
    for said in wrong:
        for field in FIELDS:
            _, findings = validated((value(field.name, said), value("CANARY", said)), SCHEMA, "production")
            assert "canary-4711" not in repr(findings)


def test_a_value_that_was_not_read_is_only_there() -> None:
    values, findings = judged(value("API_KEY", msgspec.UNSET), profile="production")
    assert findings == ()
    assert values["API_KEY"] is msgspec.UNSET


def test_nothing_is_judged_without_fields() -> None:
    values = (value("ANY", None),)
    assert validated(values, Schema(), "production") == (values, ())


def test_simple_fields_load_no_library() -> None:
    script = (
        "import sys\n"
        "from samestack.config.schema.field import Field, Schema\n"
        "from samestack.config.schema.validating import validated\n"
        "from tests.config.configurations import value\n"
        "field = Field(name='A', schema={'type': 'integer', 'minimum': 1})\n"
        "validated((value('A', '3'),), Schema(fields=(field,)), 'development')\n"
        "print({'jsonschema_rs', 'pydantic'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "set()"
