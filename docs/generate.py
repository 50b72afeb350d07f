"""Write what of the documentation follows from the code: ``python -m docs.generate``, or ``make docs``."""

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec import inspect as types

from docs import known_breaks
from samestack.behaviour.recording.document import RECORDING_SCHEMA, RecordingDocument
from samestack.check.catalogue import rules
from samestack.check.own_rules import OWN_RULES
from samestack.codec import SNAPSHOT_SCHEMA, SnapshotDocument
from samestack.config.rules import RULES
from samestack.parity.health import RuntimeReport
from samestack.parity.rules import RULES as PARITY_RULES
from samestack.render.advice.advice_json import ADVICE_SCHEMA, AdviceDocument
from samestack.render.bisection.bisection_json import BISECTION_SCHEMA, BisectionDocument
from samestack.render.comparison.comparison_json import DIFF_SCHEMA, DiffDocument
from samestack.render.configuration.difference_json import (
    CONFIGURATION_DIFF_SCHEMA,
    ConfigurationDiffDocument,
)
from samestack.render.configuration.explanation_json import VALUE_SCHEMA, ConfigurationValueDocument
from samestack.render.configuration.resolution_json import CONFIGURATION_SCHEMA, ConfigurationDocument
from samestack.render.configuration.sources_json import (
    KINDS_SCHEMA,
    SOURCES_SCHEMA,
    ConfigurationSourcesDocument,
    SourceKindsDocument,
)
from samestack.render.deployments.history_json import HISTORY_SCHEMA, HistoryDocument
from samestack.render.environments.environments_json import ENVIRONMENTS_SCHEMA, EnvironmentsDocument
from samestack.render.explanation.explanation_json import EXPLANATION_SCHEMA, ExplanationDocument
from samestack.render.findings.findings_json import CHECK_SCHEMA, CheckDocument
from samestack.render.images.attestations_json import ATTESTATIONS_SCHEMA, AttestationsDocument
from samestack.render.images.build_json import BUILD_SCHEMA, BuildDocument
from samestack.render.images.push_json import PUSH_SCHEMA, PushDocument
from samestack.render.images.sizes_json import SIZES_SCHEMA, SizesDocument
from samestack.render.images.verification_json import IMAGE_VERIFICATION_SCHEMA, ImageVerificationDocument
from samestack.render.lock.lock_json import LOCK_SCHEMA, LockDocument
from samestack.render.parity.parity_json import PARITY_SCHEMA, ParityDocument
from samestack.render.project.inference_json import INFERENCE_SCHEMA, InferenceDocument
from samestack.render.recording.summary import RECORDED_SCHEMA, RecordedDocument
from samestack.render.replay.replay_json import REPLAY_SCHEMA, ReplayDocument
from samestack.render.sync.plan_json import SYNC_SCHEMA, SyncDocument

SCHEMA_DIRECTORY: Final = Path(__file__).parent / "reference" / "schemas"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS: Final[dict[str, type[Struct]]] = {
    SNAPSHOT_SCHEMA: SnapshotDocument,
    DIFF_SCHEMA: DiffDocument,
    CHECK_SCHEMA: CheckDocument,
    EXPLANATION_SCHEMA: ExplanationDocument,
    ADVICE_SCHEMA: AdviceDocument,
    ENVIRONMENTS_SCHEMA: EnvironmentsDocument,
    CONFIGURATION_SCHEMA: ConfigurationDocument,
    VALUE_SCHEMA: ConfigurationValueDocument,
    CONFIGURATION_DIFF_SCHEMA: ConfigurationDiffDocument,
    SOURCES_SCHEMA: ConfigurationSourcesDocument,
    KINDS_SCHEMA: SourceKindsDocument,
    BUILD_SCHEMA: BuildDocument,
    PUSH_SCHEMA: PushDocument,
    SIZES_SCHEMA: SizesDocument,
    ATTESTATIONS_SCHEMA: AttestationsDocument,
    IMAGE_VERIFICATION_SCHEMA: ImageVerificationDocument,
    INFERENCE_SCHEMA: InferenceDocument,
    LOCK_SCHEMA: LockDocument,
    SYNC_SCHEMA: SyncDocument,
    RECORDED_SCHEMA: RecordedDocument,
    RECORDING_SCHEMA: RecordingDocument,
    REPLAY_SCHEMA: ReplayDocument,
    BISECTION_SCHEMA: BisectionDocument,
    PARITY_SCHEMA: ParityDocument,
    HISTORY_SCHEMA: HistoryDocument,
    "samestack/runtime/1": RuntimeReport,
}
"""Every kind of document that samestack writes, by the schema that it names."""
RULE_INDEX: Final = Path(__file__).parent / "rules" / "README.md"
_RULE_INDEX_HEAD: Final = """\
# The rules of samestack check

Each is a question that [`samestack check`](../reference/commands.md#samestack-check) asks of every environment. The severity is the gravest that it finds; where the question arises and cannot be answered, the finding is `unknown` and says what is missing. This list is made from the code by `make docs`.

| rule | severity | layer | what it finds |
|---|---|---|---|"""  # noqa: E501 - a paragraph of Markdown is one line
_CONFIGURATION_HEAD: Final = """\

## The rules of samestack config

Each speaks of one variable or source of a profile. [`samestack config check`](../reference/commands.md#samestack-config-check) tells all of them in one pass, `samestack run --profile` before it starts anything, and `samestack config scan` the last one. They are errors unless their page says when they are less.

| rule | what it finds |
|---|---|"""  # noqa: E501
_PARITY_HEAD: Final = """\

## The rules of samestack parity

Each speaks of the environments of a project, held against its lock, their hosts, their schema and each other. [`samestack parity`](../reference/commands.md#samestack-parity) tells all of them.

| rule | what it finds |
|---|---|"""  # noqa: E501


def main() -> None:
    """Write every file anew."""
    for path, text in {
        **generated(),
        RULE_INDEX: rule_index(),
        known_breaks.PAGE: known_breaks.page(),
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def rule_index() -> str:
    """The page that lists every rule, those of the catalogue in its order."""
    rows = [
        f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.layer} | {rule.summary} |"
        for rule in (*rules(), *OWN_RULES)
    ]
    configuration = [f"| [{name}]({name}.md) | {summary} |" for name, summary in RULES.items()]
    parity = [f"| [{name}]({name}.md) | {summary} |" for name, summary in PARITY_RULES.items()]
    return "\n".join(
        (_RULE_INDEX_HEAD, *rows, _CONFIGURATION_HEAD, *configuration, _PARITY_HEAD, *parity, "")
    )


def generated() -> dict[Path, str]:
    """The generated files and their texts."""
    return {_path(name): f"{json.dumps(json_schema(name), indent=2)}\n" for name in DOCUMENTS}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of the documents that name this one, with the descriptions that stand in the code."""
    document = DOCUMENTS[name]
    schema: dict[str, Any] = msgspec.json.schema(document)
    definitions = schema["$defs"]
    for definition in definitions.values():
        definition["description"] = inspect.cleandoc(definition["description"])
    for struct in _structs(types.type_info(document)):
        _describe(definitions[struct.__name__]["properties"], struct)
    definitions[document.__name__]["properties"]["schema"] = {"const": name}
    described = definitions[document.__name__]["description"]
    return {
        "$schema": DIALECT,
        "$id": f"urn:{name.replace('/', ':')}",
        "title": name,
        "description": described,
        **schema,
    }


def _path(name: str) -> Path:
    return SCHEMA_DIRECTORY / f"{'-'.join(name.split('/')[1:])}.schema.json"


def _structs(node: types.Type, seen: frozenset[type] = frozenset()) -> Iterator[type[Struct]]:
    """Every struct that a value of the type can hold, the type itself included."""
    if isinstance(node, types.StructType):
        if node.cls in seen:
            return
        yield node.cls
        inner: tuple[types.Type, ...] = tuple(field.type for field in node.fields)
        seen |= {node.cls}
    elif isinstance(node, types.UnionType):
        inner = node.types
    elif isinstance(node, types.VarTupleType):
        inner = (node.item_type,)
    else:
        inner = ()
    for one in inner:
        yield from _structs(one, seen)


def _describe(properties: dict[str, Any], struct: type[Struct]) -> None:
    """Add to each property what stands below its field in the source."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(struct))).body
    if not isinstance(definition, ast.ClassDef):
        raise TypeError(f"{struct.__name__} is not written as a class")
    written_as = dict(zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True))
    for field, text in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match text:
                case ast.Expr(ast.Constant(str(described))):
                    properties[written_as[field.target.id]]["description"] = inspect.cleandoc(described)


if __name__ == "__main__":
    main()
