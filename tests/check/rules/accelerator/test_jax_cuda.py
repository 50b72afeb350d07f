from samestack.check.rules.accelerator.jax_cuda import RULE
from samestack.check.subject import Subject
from tests.check.subjects import package, python, subject


def plugged(jaxlib: str, plugin: str) -> Subject:
    return subject(python(), package("jaxlib", jaxlib), package("jax-cuda12-plugin", plugin))


PLANTED = (plugged("0.9.0.1", "0.9.2"), plugged("0.7.1", "0.7.2"))
HEALTHY = (
    plugged("0.9.2", "0.9.2"),
    plugged("0.4.28", "0.4.26"),
    subject(python(), package("jaxlib", "0.9.2")),
)


def test_it_names_both_releases_and_one_command_for_all_parts() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert "jaxlib 0.9.0.1 leaves it aside" in finding.message
    assert finding.command == 'pip install "jax[cuda12]==0.9.0.1" "jax-cuda12-plugin==0.9.0.1"'


def test_releases_of_which_it_is_not_known_are_left_alone() -> None:
    for asked in HEALTHY:
        assert not list(RULE.examine(asked))
