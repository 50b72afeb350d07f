"""The contract of sources, on every kind that needs no server."""

from pathlib import Path

import pytest

from tests.contracts.config_source_cases import LOCAL_CASES, SourceCase
from tests.contracts.config_source_contract import SourceContract


class TestLocalSources(SourceContract):
    @pytest.fixture(params=LOCAL_CASES, ids=lambda case: case.__name__)
    def case(self, request: pytest.FixtureRequest, tmp_path: Path) -> SourceCase:
        made: SourceCase = request.param(tmp_path)
        return made
