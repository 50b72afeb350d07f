"""SSH signatures of entries, by the user's own ``ssh-keygen``."""

import re
import tempfile
from pathlib import Path
from typing import Final

import msgspec

from samestack.deploy.author import email_of
from samestack.deploy.entry import Entry, Outcome, signed_bytes
from samestack.deploy.history import History
from samestack.errors import OutsideError, RequestError
from samestack.process import piped, run

NAMESPACE: Final = "samestack-deployment"
"""What a signature is for: one of a git commit, say, is none of a deployment."""
_MAX_SAID: Final = 4096
_SECONDS: Final = 120.0
"""Enough to touch a key that wants to be touched."""
_BEGIN: Final = "-----BEGIN SSH SIGNATURE-----"


def signed(entry: Entry, key: Path) -> Entry:
    """The entry with a signature; ``key`` is a private key, or the public half of one that an agent has."""
    if not key.is_file():
        raise RequestError(f"{key}: there is no such key", hint="make one with: ssh-keygen -t ed25519")
    with tempfile.TemporaryDirectory(prefix="samestack-sign-") as name:
        message = Path(name, "entry")
        message.write_bytes(signed_bytes(entry))
        command: list[str | Path] = [
            "ssh-keygen",
            "-q",
            "-Y",
            "sign",
            "-f",
            key.absolute(),
            "-n",
            NAMESPACE,
            message,
        ]
        finished = run(command, timeout=_SECONDS, check=False)
        made = message.with_name("entry.sig")
        if finished.status != 0 or not made.is_file():
            hint = f"a key with a passphrase is used through an agent: ssh-add {key}, then --sign {key}.pub"
            raise OutsideError(f"{key}: ssh-keygen could not sign with it", hint=hint)
        return msgspec.structs.replace(entry, signature=made.read_text())


def signature_faults(history: History, signers: Path) -> tuple[str, ...]:
    """What is wrong with the signatures of a history, a line each.

    After the first intent that was signed, every intent has to be.
    """
    if not signers.is_file():
        hint = 'a line each: ADDRESS namespaces="samestack-deployment" ssh-ed25519 KEY'
        raise RequestError(f"{signers}: there is no file of allowed signers", hint=hint)
    faults: list[str] = []
    is_signing = False
    for number, entry in enumerate(history.entries, start=1):
        is_signing = is_signing or bool(entry.signature)
        fault = _fault(entry, signers, must_be_signed=is_signing)
        if fault:
            faults.append(f"{history.file}: line {number}: {fault}")
    return tuple(faults)


def _fault(entry: Entry, signers: Path, *, must_be_signed: bool) -> str:
    if not entry.signature:
        is_missing = must_be_signed and entry.outcome is Outcome.INTENDED
        return "the intent is not signed, and earlier ones are" if is_missing else ""
    if not entry.signature.startswith(_BEGIN):
        return "what stands for its signature is none"
    return "" if _is_good(entry, signers) else f"its signature is not one of {email_of(entry.who)}"


def _is_good(entry: Entry, signers: Path) -> bool:
    """Whether ssh-keygen finds it good: by a key that the signer was allowed at that time."""
    with tempfile.TemporaryDirectory(prefix="samestack-verify-") as name:
        signature = Path(name, "entry.sig")
        signature.write_text(entry.signature)
        command: list[str | Path] = ["ssh-keygen", "-Y", "verify", "-f", signers.absolute()]
        command += ["-I", email_of(entry.who), "-n", NAMESPACE, "-s", signature]
        command += [f"-Overify-time={re.sub(r'[^0-9]', '', entry.when)}Z"]
        with piped(command, directory=Path(name), data=signed_bytes(entry)) as output:
            return output.read(_MAX_SAID).startswith(b"Good ")
