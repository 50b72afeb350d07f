"""``samestack image attest``: say what is in an image and where it comes from, and check what others say."""

import argparse
import os
from functools import partial
from pathlib import Path

from samestack.cli.output import Drawing, deliver, terminal_reporter
from samestack.envs.running.project_environment import project_around
from samestack.errors import RequestError
from samestack.image.attesting.agreement import check_was_built_from
from samestack.image.attesting.attestation import Attested
from samestack.image.attesting.attesting import Author, Wanted, attested, verified
from samestack.image.attesting.builder import builder_of
from samestack.image.attesting.destination import opened_beside
from samestack.image.attesting.material import material_of
from samestack.image.attesting.signing import Signer, Trust, signed_statement
from samestack.image.attesting.verdicts import Expectation
from samestack.lock.reading import find_lock, read_lock
from samestack.oci.images import images_of
from samestack.oci.opening import located
from samestack.oci.places import Image
from samestack.progress import Reporter
from samestack.project.reading import read_project

EXAMPLES = """\
  samestack image attest registry:registry.example.com/team/name:1.0
  samestack image attest oci:image --sbom                 of any image, whoever built it
  samestack image attest registry:registry.example.com/team/name:1.0 --sign
  samestack image attest registry:registry.example.com/team/name:1.0 --verify --sign \\
      --signer ops@example.com --issuer https://accounts.example.com
"""
FORMATS = ("table", "json")
_WRONG = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("reference", metavar="REF", help="registry:HOST/NAME[:TAG] or oci:DIR[:TAG]")
    add("--sbom", action="store_true", help="a bill of materials: OS packages, Python, packages, models")
    add("--provenance", action="store_true", help="from what it was built, and by whom; both by default")
    add("--sign", action="store_true", help="have Sigstore sign them too")
    add("--verify", action="store_true", help="attach nothing: check what is attached, and that these are")
    add(
        "--lock",
        type=Path,
        metavar="FILE",
        help="what it was built from; by default the lock around this place",
    )
    add("--builder", default="", metavar="ADDRESS", help="who built it; by default the build service says it")
    add("--signer", default="", metavar="WHO", help="with --verify: whose signature must hold")
    add("--issuer", default="", metavar="ADDRESS", help="with --signer: the identity provider that vouches")
    add("--sigstore", type=Path, metavar="FILE", help="trust configuration of a Sigstore of one's own")
    add("--format", choices=FORMATS, default="table", help="table by default")


def run(arguments: argparse.Namespace) -> int:
    """Attach or check, for each platform, and say what came of it."""
    _check(arguments)
    work = _verified if arguments.verify else _attested
    found = work(arguments, terminal_reporter())
    deliver(_rendered(arguments, found), None)
    return 0 if all(one.holds for one in found) else _WRONG


def _attested(arguments: argparse.Namespace, reporter: Reporter) -> tuple[Attested, ...]:
    source, version = located(arguments.reference)
    images = images_of(source, version)
    wanted = _wanted(arguments)
    if wanted.provenance:
        _check_lock(images, arguments.lock or _lock_around(Path.cwd()))
    author = Author(
        builder=builder_of(os.environ, arguments.builder), trust=Trust(configuration=arguments.sigstore)
    )
    bills = [_bill(image, reporter) if wanted.bill else b"" for image in images]
    with opened_beside(arguments.reference, source) as destination:
        return tuple(
            attested(image, bill, wanted, author, destination)
            for image, bill in zip(images, bills, strict=True)
        )


def _verified(arguments: argparse.Namespace, reporter: Reporter) -> tuple[Attested, ...]:
    """What is named must be there; where nothing is, what is there must hold."""
    is_named = arguments.sbom or arguments.provenance or arguments.sign
    wanted = _wanted(arguments) if is_named else Wanted(bill=False, provenance=False)
    images = images_of(*located(arguments.reference))
    return tuple(verified(_expectation(image, arguments, reporter), wanted) for image in images)


def _expectation(image: Image, arguments: argparse.Namespace, reporter: Reporter) -> Expectation:
    bill = _bill(image, reporter)
    if not arguments.signer:
        return Expectation(image=image, bill=bill)
    signer = Signer(identity=arguments.signer, issuer=arguments.issuer)
    opened = partial(signed_statement, signer=signer, trust=Trust(configuration=arguments.sigstore))
    return Expectation(image=image, bill=bill, opened=opened, signer=arguments.signer)


def _wanted(arguments: argparse.Namespace) -> Wanted:
    is_both = not (arguments.sbom or arguments.provenance)
    return Wanted(
        bill=arguments.sbom or is_both,
        provenance=arguments.provenance or is_both,
        signatures=arguments.sign,
    )


def _check(arguments: argparse.Namespace) -> None:
    if bool(arguments.signer) != bool(arguments.issuer):
        hint = "anybody can have an identity of that name somewhere: name both"
        raise RequestError("--signer and --issuer go together", hint=hint)
    if arguments.signer and not arguments.verify:
        raise RequestError("--signer says whose signature is checked", hint="write --verify")


def _check_lock(images: tuple[Image, ...], path: Path) -> None:
    lock, data = read_lock(path), path.read_bytes()
    for image in images:
        check_was_built_from(image, lock, data)


def _lock_around(directory: Path) -> Path:
    found = find_lock(read_project(project_around(directory)))
    if found is None:
        hint = "name it: --lock FILE; or write --sbom for a bill of materials alone"
        raise RequestError("there is no lock here that the image could have been built from", hint=hint)
    return found


def _bill(image: Image, reporter: Reporter) -> bytes:
    from samestack.render.images.image_bill import encode_image_bill

    return encode_image_bill(material_of(image, reporter))


def _rendered(arguments: argparse.Namespace, found: tuple[Attested, ...]) -> bytes | Drawing:
    if arguments.format == "json":
        from samestack.render.images.attestations_json import encode_attestations

        return encode_attestations(arguments.reference, found)
    from samestack.render.images.attestations_text import print_attestations

    return lambda console: print_attestations(found, console)
