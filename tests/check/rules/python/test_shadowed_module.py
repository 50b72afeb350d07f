import pytest
from msgspec.structs import replace

from samestack.check.rules.python.shadowed_module import RULE
from samestack.check.subject import Subject
from samestack.model import Component
from tests.check.subjects import package, python, snapshot

TORCH = package("torch", "2.1.0", modules=("functorch", "torch", "torchgen"))
OWN = package("own", "0.1", modules=("own",))


def project(*names: str, packages: tuple[Component, ...] = (TORCH,)) -> Subject:
    return Subject(snapshot(python(), *packages), project=names)


PLANTED = (
    project("torch"),
    project("random"),
    project("numpy", packages=(package("numpy", "2", modules=("numpy",)),)),
)
BUILT = replace(TORCH, circumstances={"path": "/somewhere/torch-2.1.0-cp310-cp310-linux_x86_64.whl"})
HEALTHY = (
    project(),
    project("train", "models"),
    # The project itself, installed from its directory.
    project("own", packages=(replace(OWN, circumstances={"editable": "/somewhere/own"}),)),
    project("own", packages=(replace(OWN, circumstances={"path": "/somewhere/own"}),)),
    # What is everybody's, what is loaded earlier, and what is compiled into the interpreter.
    project("tests", "setup", "test", packages=(package("careless", "1", modules=("tests", "setup")),)),
    project("os", "site", "sys", "time"),
)


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (0, "the project's own torch hides module torch of torch 2.1.0"),
        (1, "the project's own random hides module random of Python's own library"),
    ],
)
def test_it_says_what_is_hidden(index: int, said: str) -> None:
    (finding,) = RULE.examine(PLANTED[index])
    assert said in finding.message
    assert finding.subject == PLANTED[index].project[0]


def test_a_wheel_that_lay_somewhere_is_not_the_project() -> None:
    assert list(RULE.examine(project("torch", packages=(BUILT,))))


def test_of_several_pythons_those_are_named_that_have_the_package() -> None:
    components = (python(at="/one"), python(at="/two"), replace(TORCH, at="/two"))
    (finding,) = RULE.examine(Subject(snapshot(*components), project=("torch",)))
    assert finding.at == "/two"
