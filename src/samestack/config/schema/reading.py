"""The variables that a project knows: those of its settings class, those of its table, or none."""

from pathlib import Path

from samestack.config.schema.field import Schema
from samestack.config.settings import PLACE, ConfigSettings
from samestack.errors import InputError


def read_schema(settings: ConfigSettings, file: Path, project: Path, environment: Path | None) -> Schema:
    """What the settings of the manifest ``file`` declare; a schema without fields where they do not.

    ``environment`` is the project's virtual environment, in which a class is read. :class:`InputError` for
    what is malformed, :class:`~samestack.errors.RequestError` where a class is named and there is no
    environment to read it in.
    """
    if settings.schema and settings.fields:
        hint = "keep the class, or the fields"
        message = "a class is named, and fields are declared as well"
        raise InputError(str(file), message, place=f"{PLACE}.schema", hint=hint)
    if settings.schema:
        from samestack.config.schema.pydantic_class import read_class

        return read_class(settings.schema, file, project, environment)
    if settings.fields:
        from samestack.config.schema.table import schema_of_table

        return schema_of_table(settings.fields, file)
    return Schema()
