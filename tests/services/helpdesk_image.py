"""The image of VisionaryAI's helpdesk agent, built once: TensorFlow takes 600 MB of it.

The fixture ``helpdesk_image``, which ``conftest.py`` here offers to every test of this directory.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from samestack.cli.main import main
from tests.capture.real_environments import interpreter_of_series
from tests.services.visionaryai_projects import copy_of_project


class HelpdeskImage(Struct, frozen=True, kw_only=True):
    """The project as it is committed, and its image as an OCI layout."""

    project: Path
    layout: Path
    """Its only image has the tag 1."""


@pytest.fixture(scope="session")
def helpdesk_image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HelpdeskImage]:
    """The image of this session."""
    interpreter_of_series("3.10")
    place = tmp_path_factory.mktemp("helpdesk")
    project = copy_of_project("helpdesk-agent", "3.10", place).directory
    assert main(["image", "build", str(project), "-o", f"oci:{place / 'image'}:1"]) == 0
    yield HelpdeskImage(project=project, layout=place / "image")
    shutil.rmtree(place)
