"""What a project says of how its answers are compared."""

from pathlib import Path

import pytest

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.rules import kind_and_tolerance
from samestack.behaviour.comparing.settings import Settings, is_match, read_settings
from samestack.behaviour.comparing.tolerances import (
    Alignment,
    BoxesTolerance,
    Closeness,
    EmbeddingTolerance,
    IntegerTolerance,
)
from samestack.errors import InputError


def settings_of(directory: Path, text: str) -> Settings:
    (directory / "pyproject.toml").write_text(f"[tool.samestack.replay]\n{text}\n")
    return read_settings(directory)


def test_a_project_without_a_manifest_or_without_settings_has_none(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert read_settings(tmp_path) == Settings(file=str(tmp_path / "pyproject.toml"))


def test_everything_that_can_be_said_is_read(tmp_path: Path) -> None:
    found = settings_of(
        tmp_path,
        """
        ignore = ["*.timestamp", "debug*"]
        across-runtimes = true
        fields."result.boxes" = {kind = "boxes", iou = 0.95, columns = ["x1", "y1", "x2", "y2"]}
        fields."*.vector" = {kind = "embedding", align = "rows"}
        fields."logits" = {kind = "float", precision = "bfloat16"}
        fields."count" = {atol = 1}
        """,
    )
    assert [found.is_ignored(name) for name in ("a.timestamp", "debug.x", "timestamp")] == [True, True, False]
    assert kind_and_tolerance(found, "result.boxes", []) == (
        Kind.BOXES,
        BoxesTolerance(iou=0.95, columns=("x1", "y1", "x2", "y2")),
    )
    assert kind_and_tolerance(found, "a.vector", []) == (
        Kind.EMBEDDING,
        EmbeddingTolerance(align=Alignment.ROWS),
    )
    assert kind_and_tolerance(found, "logits", []) == (Kind.FLOAT, Closeness(rtol=1.6e-2, atol=2e-2))
    assert kind_and_tolerance(found, "count", [3]) == (Kind.INTEGER, IntegerTolerance(atol=1))


def test_what_a_project_says_of_one_option_leaves_the_others(tmp_path: Path) -> None:
    found = settings_of(tmp_path, 'fields.x = {kind = "float", precision = "float32", atol = 1}')
    assert kind_and_tolerance(found, "x", [])[1] == Closeness(rtol=1.3e-6, atol=1)


def test_a_name_goes_before_a_pattern(tmp_path: Path) -> None:
    found = settings_of(tmp_path, 'fields."a*" = {kind = "text"}\nfields."ab" = {kind = "class"}')
    assert kind_and_tolerance(found, "ab", [])[0] is Kind.CLASS
    assert kind_and_tolerance(found, "ac", [])[0] is Kind.TEXT


def test_patterns_that_match_nothing_can_be_told(tmp_path: Path) -> None:
    found = settings_of(tmp_path, 'fields."resalt.*" = {kind = "text"}\nfields."a" = {kind = "class"}')
    assert found.unused(["result.x", "a"]) == ("resalt.*",)


def test_only_a_star_is_special_in_a_pattern() -> None:
    assert is_match("items[*].label", "items[12].label")
    assert is_match("a.b", "a.b")
    assert not is_match("a.b", "axb")
    assert not is_match("items[12]", "items1")
    assert is_match("*", "anything\nat all")


@pytest.mark.parametrize(
    ("said", "place", "message", "hint"),
    [
        ("ignored = []", "tool.samestack.replay", "no key 'ignored'", "did you mean 'ignore'?"),
        ("ignore = 'x'", "$.tool.samestack.replay.ignore", "Expected `array`, got `str`", None),
        ("fields.x = 3", "$.tool.samestack.replay.fields[...]", "Expected `object`, got `int`", None),
        (
            "fields.x = {kind = 'box'}",
            'tool.samestack.replay.fields."x".kind',
            "there is no kind 'box'",
            "did you mean 'boxes'?",
        ),
        (
            "fields.x = {kind = 'float', precision = 'float8'}",
            'tool.samestack.replay.fields."x".precision',
            "there is no precision 'float8'",
            "did you mean 'float64'?",
        ),
        (
            "fields.x = {kind = 'text', precision = 'float32'}",
            'tool.samestack.replay.fields."x".precision',
            "answers of the kind 'text' have no precision",
            None,
        ),
        (
            "fields.x = {kind = 'boxes', iuo = 0.9}",
            'tool.samestack.replay.fields."x"',
            "there is no key 'iuo'",
            "did you mean 'iou'?",
        ),
        (
            "fields.x = {ataol = 1}",
            'tool.samestack.replay.fields."x"',
            "there is no key 'ataol'",
            "did you mean 'atol'?",
        ),
        (
            "fields.x = {kind = 'exact', atol = 1}",
            'tool.samestack.replay.fields."x"',
            "there is no key 'atol'",
            "there is: kind, precision",
        ),
        (
            "fields.x = {kind = 'exact', noise = 1}",
            'tool.samestack.replay.fields."x"',
            "there is no key 'noise'",
            "there is: kind, precision",
        ),
        (
            "fields.x = {kind = 'boxes', iou = 1.0}",
            'tool.samestack.replay.fields."x".iou',
            "Expected `float` < 1.0",
            None,
        ),
        (
            "fields.x = {kind = 'float', atol = nan}",
            'tool.samestack.replay.fields."x".atol',
            "Expected `float` >= 0.0",
            None,
        ),
        (
            "fields.x = {kind = 'boxes', columns = ['x1', 'y1', 'x2', 'y2', 'scor']}",
            'tool.samestack.replay.fields."x".columns',
            "there is no column 'scor'",
            "did you mean 'score'?",
        ),
        (
            "fields.x = {kind = 'boxes', columns = ['x', 'y', 'x2', 'y2']}",
            'tool.samestack.replay.fields."x".columns',
            "the place of a box is",
            None,
        ),
        (
            "fields.x = {kind = 'boxes', columns = ['x', 'y', 'w', 'h', 'w']}",
            'tool.samestack.replay.fields."x".columns',
            "a column is named twice",
            None,
        ),
        (
            "fields.x = {kind = 'text', pattern = '('}",
            'tool.samestack.replay.fields."x".pattern',
            "the pattern cannot be read",
            "it is a regular expression of Python's",
        ),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(
    said: str, place: str, message: str, hint: str | None, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as error:
        settings_of(tmp_path, said)
    assert error.value.place == place
    assert message in error.value.message
    assert error.value.hint == hint


def test_an_option_that_the_told_kind_has_not_is_refused(tmp_path: Path) -> None:
    found = settings_of(tmp_path, "fields.x = {iou = 0.9}")
    with pytest.raises(InputError, match="there is no key 'iou'"):
        kind_and_tolerance(found, "x", ["a text"])
