"""Wishes of conda in the syntax that the algorithms know, and explanations back in conda's own.

What the algorithms write, ``numpy>=1.20,<2``, conda reads too; only what people write for conda has to be
said otherwise, as far as dependency specifiers can say it.
"""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from samestack.compare.conda_specifications import as_specifier, parse_match_specification
from samestack.solve.explanation import Chain, Conflict, Edit, Explanation, Relaxation
from samestack.solve.problem import Wish
from samestack.solve.wanted import wanted

_SERIES = re.compile(r"==(\d[\w.!]*?)\.\*")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Translated(Struct, frozen=True):
    """Wishes in the syntax of dependency specifiers, and for each what a person wrote."""

    originals: Mapping[Wish, Wish]
    unsayable: tuple[Wish, ...]
    """Those whose very name cannot be said; a solver gets them, an explanation leaves them out."""

    @property
    def names(self) -> tuple[str, ...]:
        """What is asked for, in conda's own names."""
        return tuple(parse_match_specification(wish.text).name for wish in self.originals.values())


def translated(wishes: Sequence[Wish]) -> Translated:
    """Wishes of conda for the algorithms; ``ValueError`` for what is no match specification."""
    texts = {wish: requirement_text(wish.text) for wish in wishes}
    return Translated(
        {structs.replace(wish, text=text): wish for wish, text in texts.items() if text},
        tuple(wish for wish, text in texts.items() if not text),
    )


def requirement_text(specification: str) -> str:
    """A match specification as a requirement; as much of it as can be said, nothing where its name cannot."""
    said = parse_match_specification(specification)
    if not _NAME.fullmatch(said.name):
        return ""
    specifier = as_specifier(said.version) if said.version else ""
    return f"{said.name}{simple_specifier(specifier or '')}"


def specification_text(requirement: str) -> str:
    """A requirement as a match specification: conda writes a series with one equals sign."""
    return _SERIES.sub(r"=\1", requirement)


def restored(explanation: Explanation, wishes: Translated) -> Explanation:
    """The explanation with the wishes as a person wrote them."""
    back = wishes.originals
    problem = structs.replace(
        explanation.problem,
        wishes=(*(back.get(wish, wish) for wish in explanation.problem.wishes), *wishes.unsayable),
    )
    return structs.replace(
        explanation,
        problem=problem,
        conflicts=tuple(_conflict(one, back) for one in explanation.conflicts),
        relaxations=tuple(_relaxation(one, back) for one in explanation.relaxations),
    )


def simple_specifier(specifier: str) -> str:
    """A specifier as people write it: ``<2`` for ``<=2,!=2``, which differ in pre-releases only."""
    parts = specifier.split(",")
    excluded = {part[2:] for part in parts if part.startswith("!=")}
    bounds = {part[2:] for part in parts if part[:2] in {"<=", ">="}}
    return ",".join(
        f"{part[0]}{part[2:]}" if part[:2] in {"<=", ">="} and part[2:] in excluded else part
        for part in parts
        if not (part.startswith("!=") and part[2:] in bounds)
    )


def _conflict(conflict: Conflict, back: Mapping[Wish, Wish]) -> Conflict:
    sentence = conflict.sentence
    for wish in conflict.wishes:
        sentence = _said_as(sentence, wish, back.get(wish, wish))
    own = {_first_text(wish): back.get(wish, wish).text for wish in conflict.wishes}
    return structs.replace(
        conflict,
        wishes=tuple(back.get(wish, wish) for wish in conflict.wishes),
        chains=tuple(_chain(chain, own) for chain in conflict.chains),
        sentence=sentence,
    )


def _said_as(sentence: str, wish: Wish, original: Wish) -> str:
    """A sentence in which a wish is called as its writer called it."""
    if wish.text == original.text:
        return sentence
    return re.sub(rf"(?<![\w.-]){re.escape(wish.text)}(?![\w.*-])", lambda _: original.text, sentence)


def _first_text(wish: Wish) -> str:
    """How a chain begins that begins with a wish."""
    said = wanted(wish.text)
    return wish.text if said is None else said.text


def _chain(chain: Chain, own: Mapping[str, str]) -> Chain:
    """The chain, which begins with what a person wrote."""
    first, others = chain.demands[:1], chain.demands[1:]
    return Chain((*(structs.replace(one, wanted=own.get(one.wanted, one.wanted)) for one in first), *others))


def _relaxation(relaxation: Relaxation, back: Mapping[Wish, Wish]) -> Relaxation:
    return structs.replace(relaxation, edits=tuple(_edit(one, back) for one in relaxation.edits))


def _edit(edit: Edit, back: Mapping[Wish, Wish]) -> Edit:
    original = back.get(edit.wish, edit.wish)
    # The algorithms may normalise a name as the index does: python_abi is not python-abi to conda.
    name = parse_match_specification(original.text).name
    written = specification_text(edit.replacement)
    replacement = _NAME.sub(name, written, count=1) if written else ""
    kept = _said_as(edit.kept, edit.wish, original)
    return structs.replace(edit, wish=original, replacement=replacement, kept=kept)
