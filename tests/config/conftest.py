"""Fixtures of the tests of configuration."""

from pathlib import Path

import pytest

from tests.config.configurations import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project."""
    return Project(tmp_path)
