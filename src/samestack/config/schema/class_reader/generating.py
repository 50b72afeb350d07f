"""The JSON Schemas of the fields of a class of pydantic 2."""

from __future__ import annotations

from typing import Any

from .schemas import plain, self_contained, taking_text, target


def schemas_of(settings: Any) -> dict[str, Any]:  # noqa: ANN401
    """A schema for each field by its attribute, each standing for itself."""
    whole = plain(settings.model_json_schema(by_alias=False, schema_generator=_generator()))
    definitions = whole.get("$defs", {})
    properties = _properties(whole, definitions)
    return {name: self_contained(properties.get(name, {}), definitions) for name in settings.model_fields}


def _generator() -> type:
    from pydantic.json_schema import GenerateJsonSchema

    class Generator(GenerateJsonSchema):
        """Goes on where a type has no JSON Schema, and allows texts where a validator sees them first."""

        ignored_warning_kinds = {"skipped-choice", "non-serializable-default", "skipped-discriminator"}  # noqa: RUF012

        def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> Any:  # noqa: ANN401, ARG002
            return {}

        def function_before_schema(self, schema: Any) -> Any:  # noqa: ANN401
            return _relaxed(super().function_before_schema(schema))

        def function_wrap_schema(self, schema: Any) -> Any:  # noqa: ANN401
            return _relaxed(super().function_wrap_schema(schema))

    return Generator


def _relaxed(schema: Any) -> Any:  # noqa: ANN401
    return schema if "properties" in schema else taking_text(schema)


def _properties(schema: Any, definitions: Any) -> Any:  # noqa: ANN401
    """Those of a class, which is a reference where it refers to itself."""
    for _ in range(5):
        if "properties" in schema:
            return schema["properties"]
        schema = next(iter(schema.get("anyOf", schema.get("allOf", ()))), schema)
        schema = definitions.get(target(schema), schema)
    return {}
