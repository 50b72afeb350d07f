"""The user's own packages, where Python looks for them."""

from pathlib import Path

import pytest

from samestack.capture.readers.environments.user_packages import user_base


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "~/.local"),
        ({"PYTHONNOUSERSITE": ""}, "~/.local"),
        ({"PYTHONNOUSERSITE": "1"}, ""),
        ({"PYTHONUSERBASE": "/opt/user"}, "/opt/user"),
        ({"PYTHONUSERBASE": "~/python"}, "~/python"),
        ({"PYTHONUSERBASE": "/opt/user", "PYTHONNOUSERSITE": "yes"}, ""),
    ],
)
def test_as_python_decides(environment: dict[str, str], expected: str) -> None:
    assert user_base(environment) == (str(Path(expected).expanduser()) if expected else "")
