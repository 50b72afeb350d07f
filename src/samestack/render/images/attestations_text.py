"""What is attached to an image, for people."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.image.attesting.attachment import BILL, SIGNED
from samestack.image.attesting.attestation import Attestation, Attested, State
from samestack.image.attesting.statement import BILL_TYPE, PROVENANCE_TYPE
from samestack.render.component_text import short_digest
from samestack.render.terminal_style import HEADING_STYLE, QUIET_STYLE, plain, print_item, print_text

_STYLES: Final = {
    State.ATTACHED: "green",
    State.PRESENT: "green",
    State.HOLDS: "green",
    State.FAILS: "red",
    State.UNCHECKED: "magenta",
}
_STATES: Final = {State.PRESENT: "was attached already", State.UNCHECKED: "is not checked"}
_SUBJECTS: Final = {PROVENANCE_TYPE: "provenance", BILL_TYPE: "bill of materials"}
_INDENT: Final = 2


def print_attestations(found: Sequence[Attested], console: Console) -> None:
    """Print each image with the documents that refer to it, and what is missing."""
    for one in found:
        digest = short_digest(one.image.descriptor.digest)
        print_text(Text.assemble((str(one.image.platform), HEADING_STYLE), f"  {digest}"), console)
        for attestation in one.attestations:
            _print(attestation, console)
        for missing in one.missing:
            print_item("-", plain(missing, "red"), console, indent=_INDENT)
        if not one.attestations and not one.missing:
            print_text(plain("nothing is attached to it", QUIET_STYLE), console, indent=_INDENT)


def _print(one: Attestation, console: Console) -> None:
    state = _STATES.get(one.state, str(one.state))
    signer = f", signed by {one.signer}" if one.signer else ""
    line = Text.assemble(
        plain(_name(one)),
        "  ",
        (state, _STYLES[one.state]),
        plain(signer),
        "  ",
        (short_digest(one.digest), QUIET_STYLE),
    )
    print_text(line, console, indent=_INDENT)
    for reason in one.reasons:
        print_item("-", plain(reason), console, indent=2 * _INDENT)


def _name(one: Attestation) -> str:
    subject = _SUBJECTS.get(one.predicate_type, one.predicate_type)
    if one.kind == SIGNED:
        return f"signed {subject}".strip()
    return "bill of materials" if one.kind == BILL else subject or one.kind
