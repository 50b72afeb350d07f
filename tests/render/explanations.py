"""Explanations to render: two conflicts with ways out, one met, a hostile one, a long one."""

from datetime import date

from samestack.render.explanation.explanation_text import Told
from samestack.solve.explanation import Chain, Conflict, Demand, Edit, Explanation, Relaxation
from samestack.solve.problem import Problem, Target, Wish
from tests.render.samples import HOSTILE

TENSORFLOW = Wish(text="tensorflow==2.15.0", file="requirements.txt", line=1)
NUMPY = Wish(text="numpy>=2.1", file="requirements.txt", line=2)
REQUESTS = Wish(text="requests==2.31.0", file="requirements.txt", line=4)
URLLIB = Wish(text="urllib3==1.20", file="requirements.txt", line=5)


def chain(wish: Wish, *steps: tuple[str, str]) -> Chain:
    """The wish, and then who asks for what."""
    asker = "the environment" if wish.is_fixed else "you"
    demands = (Demand(asker=asker, wanted=wish.text), *(Demand(asker=a, wanted=w) for a, w in steps))
    return Chain(demands)


def two_conflicts() -> Told:
    """The requirements of the facts: numpy against tensorflow, urllib3 against requests."""
    about_numpy = Conflict(
        wishes=(TENSORFLOW, NUMPY),
        contested="numpy",
        layer="packages",
        chains=(chain(TENSORFLOW, ("tensorflow 2.15.0", "numpy<2.0.0,>=1.23.5")), chain(NUMPY)),
        sentence="tensorflow 2.15.0 asks for numpy<2.0.0,>=1.23.5, and you ask for numpy>=2.1.",
        said="Because tensorflow==2.15.0 depends on numpy<2.0.0\nyour requirements are unsatisfiable.",
    )
    about_urllib = Conflict(
        wishes=(REQUESTS, URLLIB),
        contested="urllib3",
        layer="packages",
        chains=(chain(REQUESTS, ("requests 2.31.0", "urllib3<3,>=1.21.1")), chain(URLLIB)),
        sentence="requests 2.31.0 asks for urllib3<3,>=1.21.1, and you ask for urllib3==1.20.",
    )
    wishes = (TENSORFLOW, NUMPY, REQUESTS, URLLIB)
    pins = ("certifi==2024.2.2", "numpy==1.26.4", "requests==2.31.0", "tensorflow==2.15.0", "urllib3==1.21.1")
    explanation = Explanation(
        problem=Problem(wishes=wishes, target=Target(python="3.11.9", platform="x86_64-manylinux_2_28")),
        is_met=False,
        conflicts=(about_numpy, about_urllib),
        relaxations=(
            Relaxation(
                edits=(
                    Edit(wish=NUMPY, replacement="numpy>=1.26.4", kept="numpy 1.26.4 is allowed too"),
                    Edit(wish=URLLIB, replacement="urllib3>=1.20,<2"),
                ),
                distance=1.5,
                solution=pins,
            ),
            Relaxation(
                edits=(Edit(wish=TENSORFLOW, replacement=""), Edit(wish=URLLIB, replacement="")),
                distance=9.0,
                solution=pins[:3],
            ),
        ),
        solves=17,
    )
    notes = ("Python is 3.11.9, that of venv:.venv",)
    return Told(explanation=explanation, notes=notes, command="samestack explain requirements.txt")


def visionary() -> Told:
    """Three packages of the team against the numpy that the system holds."""
    torch, transformers, pandas = (
        Wish(text=text, file="requirements.txt", line=line)
        for line, text in enumerate(("torch==1.13.0", "transformers==4.20.0", "pandas==1.4.0"), start=1)
    )
    numpy = Wish(text="numpy==1.25.2", is_fixed=True, is_constraint=True)
    gpu = Wish(text="gpulib>=2", file="pyproject.toml", line=12, place="project.optional-dependencies.gpu[0]")
    conflicts = (
        Conflict(
            wishes=(pandas, numpy),
            contested="numpy",
            layer="packages",
            chains=(chain(pandas, ("pandas 1.4.0", "numpy<1.25,>=1.18.5")), chain(numpy)),
            sentence="pandas 1.4.0 asks for numpy<1.25, and the environment holds numpy 1.25.2.",
        ),
        Conflict(
            wishes=(transformers, numpy),
            contested="numpy",
            layer="packages",
            chains=(
                chain(
                    transformers,
                    ("transformers 4.20.0", "tokenizers!=0.11.3,<0.13,>=0.11.1"),
                    ("tokenizers 0.12.1", "ml-arrays==1.0"),
                    ("ml-arrays 1.0", "numpy<1.25"),
                ),
                chain(numpy),
            ),
            sentence="ml-arrays 1.0, which transformers brings, asks for numpy<1.25.",
        ),
        Conflict(
            wishes=(torch, gpu),
            contested="__cuda",
            layer="accelerator",
            chains=(
                chain(torch, ("torch 1.13.0", "gpulib<3"), ("gpulib 2.1", "__cuda >=12")),
                chain(gpu, ("gpulib 2.1", "__cuda >=12")),
                Chain((Demand(asker="the target", wanted="__cuda 11.8"),)),
            ),
            sentence="gpulib 2.1 asks for __cuda >=12, and the host offers 11.8.",
        ),
    )
    problem = Problem(wishes=(torch, transformers, pandas, gpu, numpy), target=Target(python="3.10"))
    explanation = Explanation(
        problem=problem,
        is_met=False,
        conflicts=conflicts,
        is_complete=False,
        as_of=date(2022, 11, 1),
        as_of_reason="the newest pin, torch 1.13.0, was uploaded on 2022-10-28",
        solves=400,
    )
    return Told(explanation=explanation, command="samestack explain requirements.txt")


def met() -> Told:
    """Everything can be had."""
    wish = Wish(text="numpy>=1.26")
    explanation = Explanation(
        problem=Problem(wishes=(wish,), target=Target(python="3.12")),
        is_met=True,
        solution=("numpy==2.1.0",),
        solves=1,
    )
    return Told(explanation=explanation)


def hostile() -> Told:
    """Texts that want to be more, and an address with a password."""
    wish = Wish(text=f"a{HOSTILE}", file=HOSTILE, line=1)
    other = Wish(text="name @ https://user:secret@host.example/file.whl")
    conflict = Conflict(
        wishes=(wish, other),
        contested=HOSTILE,
        layer=HOSTILE,
        chains=(chain(wish, (HOSTILE, HOSTILE)), chain(other)),
        sentence=HOSTILE,
        said=f"{HOSTILE}\nat https://user:secret@host.example/simple",
    )
    explanation = Explanation(
        problem=Problem(wishes=(wish, other), target=Target(python=HOSTILE, platform=HOSTILE)),
        is_met=False,
        conflicts=(conflict,),
        relaxations=(
            Relaxation(
                edits=(Edit(wish=wish, replacement=HOSTILE, kept=HOSTILE),), distance=1, solution=(HOSTILE,)
            ),
        ),
        as_of=date(2020, 1, 1),
        as_of_reason=HOSTILE,
    )
    return Told(explanation=explanation, notes=(HOSTILE,), command=HOSTILE)


def large() -> Told:
    """Ten conflicts with packages in common."""
    conflicts = []
    for number in range(10):
        one = Wish(text=f"package-{number}>=1.0", file="requirements.txt", line=number + 1)
        other = Wish(
            text=f"package-{(number + 3) % 10}>=1.0", file="requirements.txt", line=(number + 3) % 10 + 1
        )
        steps = [
            (f"middle-{(number + i) % 4} 2.{i}", f"middle-{(number + i + 1) % 4}<3")
            for i in range(number % 3)
        ]
        conflicts.append(
            Conflict(
                wishes=(one, other),
                contested=f"contested-{number % 4}",
                layer="packages",
                chains=(
                    chain(one, (f"package-{number} 1.{number}", "middle>=2"), *steps),
                    chain(other, (f"package-{(number + 3) % 10} 1.0", f"contested-{number % 4}<1")),
                ),
                sentence=f"They cannot agree on contested-{number % 4}.",
            )
        )
    wishes = tuple(dict.fromkeys(wish for conflict in conflicts for wish in conflict.wishes))
    problem = Problem(wishes=wishes, target=Target(python="3.12"))
    return Told(explanation=Explanation(problem=problem, is_met=False, conflicts=tuple(conflicts), solves=90))
