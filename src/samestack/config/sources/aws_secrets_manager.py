"""AWS Secrets Manager: a secret, which is a JSON document of variables, or the text of one."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct, structs

from samestack.capture.documents import decode_json, shaped
from samestack.config.entry import Entry, Origin
from samestack.config.names import Leaf, leaves, variable_name
from samestack.config.rank import Rank
from samestack.config.sources.aws_client import aws_client, load
from samestack.config.sources.aws_failures import aws_failures
from samestack.config.sources.kind import Question, SourceKind
from samestack.config.sources.timestamps import utc_text
from samestack.errors import InputError
from samestack.outside.time_limit import in_time

_CURRENT: Final = "AWSCURRENT"
_SHORT: Final = 8


class _Version(Struct, frozen=True, rename="pascal"):
    """The current version of a secret. Its date is the version's own: the secret's moves with every tag."""

    name: str
    version_id: str
    created_date: dt.datetime
    secret_string: str | None = None

    def __repr__(self) -> str:
        return f"_Version({self.name!r})"


class _Description(Struct, frozen=True, rename="pascal"):
    name: str
    version_ids_to_stages: Mapping[str, tuple[str, ...]] = {}


def _read(question: Question) -> tuple[Entry, ...]:
    source = _shown(question)
    version = shaped(_asked("get_secret_value", question), _Version, file=source)
    origin = Origin(
        source=source,
        rank=Rank.SECRET_STORE,
        place=f"version {version.version_id[:_SHORT]}",
        changed=utc_text(version.created_date),
    )
    return tuple(
        Entry(name=leaf.name, value=leaf.value, origin=structs.replace(origin, key=".".join(leaf.path)))
        for leaf in sorted(_values(version, question), key=lambda leaf: leaf.name)
    )


def _values(version: _Version, question: Question) -> Iterable[Leaf]:
    """The variables of a JSON object; any other text is one variable."""
    source, text = _shown(question), version.secret_string
    if text is None:
        raise InputError(source, "a binary secret, which is no variable")
    if "variable" not in question.options and text.lstrip().startswith("{"):
        document = _document(text, source)
        return leaves(document, source, question.maps)
    return (Leaf(_name(version, question), (), text),)


def _document(text: str, source: str) -> Mapping[str, Any]:
    try:
        return decode_json(text.encode(), dict[str, Any], file=source)
    except InputError:
        hint = "if it is one text, say which: option variable"
        raise InputError(source, "it begins as JSON and is none", hint=hint) from None


def _name(version: _Version, question: Question) -> str:
    """The variable that a text is: as the settings say, or else the last part of the secret's name."""
    said = str(question.options.get("variable") or version.name.rpartition("/")[2])
    name = variable_name((said,))
    if name is None:
        raise InputError(_shown(question), "no variable has such a name", hint="say which: option variable")
    return name


def _revision(question: Question) -> str:
    """The id of the current version, which is told without the value."""
    source = _shown(question)
    stages = shaped(_asked("describe_secret", question), _Description, file=source).version_ids_to_stages
    return next((version for version, names in stages.items() if _CURRENT in names), "none")


def _asked(operation: str, question: Question) -> Any:  # noqa: ANN401 - the library comes late, and its types with it
    source = _shown(question)

    def ask() -> Any:  # noqa: ANN401
        with aws_failures(question.seconds, source):
            return getattr(aws_client("secretsmanager", question, source), operation)(
                SecretId=question.locator
            )

    return in_time(ask, question.seconds, source)


def _shown(question: Question) -> str:
    return f"aws-secrets:{question.locator}"


KIND: Final = SourceKind(
    name="aws-secrets",
    rank=Rank.SECRET_STORE,
    summary="A secret in AWS Secrets Manager: a JSON object of variables, or the text of one.",
    read=_read,
    revision=_revision,
    options=frozenset({"region", "variable"}),
    prepare=load,
    is_remote=True,
    keeps_secrets=True,
)
"""The names stand inside the secret: who may not read it cannot tell what is there."""
