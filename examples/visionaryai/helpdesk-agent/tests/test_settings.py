"""What may differ between environments comes from variables."""

from __future__ import annotations

import pytest

from helpdesk_agent.errors import InputError
from helpdesk_agent.settings import Settings, settings_of


def test_without_variables_it_runs_on_this_machine_alone() -> None:
    assert settings_of({}) == Settings()
    assert settings_of({}).host == "127.0.0.1"


def test_variables_say_otherwise() -> None:
    settings = settings_of({"MAX_WORKERS": "20", "LOG_LEVEL": "DEBUG", "DATABASE_PASSWORD": "canary"})
    assert (settings.max_workers, settings.log_level) == (20, "DEBUG")
    assert "canary" not in repr(settings)


def test_a_number_that_is_none_is_named_without_its_text() -> None:
    with pytest.raises(InputError, match=r"^MAX_WORKERS is") as caught:
        settings_of({"MAX_WORKERS": "canary"})
    assert "canary" not in str(caught.value)
