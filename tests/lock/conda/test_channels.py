from pathlib import Path

import pytest

from samestack.lock.conda.channels import channels_of, secrets_of, without_secrets
from samestack.project.manifest import Manifest, Project
from samestack.solve.wish_files.asked import Asked

SECRET = "https://me:hunter2@mirror.example/t/tk-123/private"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (SECRET, "https://mirror.example/private"),
        (
            "https://mirror.example/t/tk-123/private/linux-64/x.conda",
            "https://mirror.example/private/linux-64/x.conda",
        ),
        ("- conda: https://me:hunter2@mirror.example/x.conda", "- conda: https://mirror.example/x.conda"),
        ("https://mirror.example/right/private", "https://mirror.example/right/private"),
        ("file:///home/me/t/channel/x.conda", "file:///home/me/t/channel/x.conda"),
        ("conda-forge", "conda-forge"),
    ],
)
def test_secrets_are_cut_out(address: str, expected: str) -> None:
    assert without_secrets(address) == expected


def test_what_opens_a_channel_is_put_back_by_its_beginning() -> None:
    found = dict(secrets_of(("conda-forge", SECRET, "https://open.example/channel")))
    assert found == {"https://mirror.example/private/": f"{SECRET}/"}


def test_the_manifest_goes_before_the_files() -> None:
    asked = Asked(channels=("defaults",))
    manifest = Manifest(channels=("conda-forge", "./own"))
    own = Path("project").resolve() / "own"
    project = Project(directory=Path("project"), manifest=manifest)
    assert channels_of(project, asked) == ("conda-forge", own.as_uri())
    assert channels_of(Project(directory=Path("project")), asked) == ("defaults",)
    assert channels_of(Project(directory=Path("project")), Asked()) == ("conda-forge",)
