"""Images held against their locks, for the tests of what draws them."""

from samestack.image.verifying.verification import Deviation, DeviationKind, Unchecked, Verification
from tests.render.images.weighed_images import HOSTILE

SITE = "/opt/venv/lib/python3.11/site-packages"


def whole() -> Verification:
    return Verification(
        shown="oci:build/helpdesk:1.0",
        digest="sha256:" + "ab" * 32,
        platform="linux/amd64",
        lock="pylock.toml",
        environment="/opt/venv",
        packages=77,
        files=29_321,
        system_packages=84,
        layers=82,
        unchecked=(Unchecked(what="compiled bytecode", files=12, reason="nobody can tell what it is of"),),
        notes=("Its Python is /usr/bin/python3.11, which no wheel brings.",),
    )


def deviating(*, more: int = 0) -> Verification:
    crowd = [_file(DeviationKind.EXTRA_FILE, f"{SITE}/spy{one:02}.py") for one in range(more)]
    return Verification(
        shown="image:helpdesk",
        digest="sha256:" + "cd" * 32,
        platform="linux/arm64",
        lock="pylock.toml",
        environment="/opt/venv",
        packages=2,
        files=310,
        deviations=(
            Deviation(
                kind=DeviationKind.OTHER_VERSION, subject="click", detail="8.1.6 instead of 8.1.7", layer=4
            ),
            Deviation(kind=DeviationKind.MISSING_PACKAGE, subject="idna", detail="3.7 is locked"),
            _file(
                DeviationKind.ALTERED_FILE,
                f"{SITE}/flask/app.py",
                "flask",
                "the same size, and another content",
            ),
            _file(DeviationKind.PERMISSIONS, f"{SITE}/flask/cli.py", "flask", "setuid (4755)"),
            _file(DeviationKind.EXTRA_FILE, f"{SITE}/spy.pth", "", "Python runs it at every start"),
            *crowd,
        ),
    )


def hostile() -> Verification:
    return Verification(
        shown=HOSTILE,
        digest=HOSTILE,
        platform=HOSTILE,
        lock=HOSTILE,
        environment=HOSTILE,
        packages=1,
        files=1,
        deviations=(_file(DeviationKind.EXTRA_FILE, HOSTILE, HOSTILE, HOSTILE),),
        unchecked=(Unchecked(what=HOSTILE, files=1, reason=HOSTILE),),
        notes=(HOSTILE,),
    )


def _file(kind: DeviationKind, path: str, package: str = "", detail: str = "") -> Deviation:
    return Deviation(kind=kind, subject=path, package=package, detail=detail, layer=5)
