"""A fragment of Compose: variables as they are, secrets as files that stand elsewhere."""

import pytest
import yaml

from samestack.config.rank import Rank
from samestack.config.rendering.compose import compose
from samestack.config.schema.field import Field
from samestack.errors import RequestError
from tests.config.configurations import resolution, value

SAID = resolution(
    value("API_KEY", "canary", Rank.SECRET_STORE),
    value("GREETING", "$HOME costs $$5"),
    value("MAX_WORKERS", 20),
    fields=(Field(name="API_KEY", is_secret=True),),
)


def test_a_service_with_variables_and_secrets() -> None:
    assert compose(SAID, "helpdesk") == (
        "services:\n"
        "  helpdesk:\n"
        "    environment:\n"
        '      GREETING: "$$HOME costs $$$$5"\n'
        '      MAX_WORKERS: "20"\n'
        "    secrets:\n"
        "      - API_KEY\n"
        "secrets:\n"
        "  API_KEY:\n"
        "    file: ./secrets/API_KEY\n"
    )


def test_a_service_without_either() -> None:
    assert yaml.safe_load(compose(resolution(), "helpdesk")) == {"services": {"helpdesk": {}}}


@pytest.mark.parametrize("service", ["", "help desk", "help\ndesk"])
def test_names_that_no_service_can_have_are_refused(service: str) -> None:
    with pytest.raises(RequestError, match="can be the name of no service"):
        compose(SAID, service)
