"""The facts that only the binaries of an environment tell, for each of its distributions."""

import os
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from samestack.capture.cache import Cache, cache_directory
from samestack.capture.elf.source import ALLOWANCE
from samestack.capture.options import Options
from samestack.capture.probes.binaries.binary import Binary, read_binary
from samestack.capture.probes.binaries.binary_facts import binary_facts
from samestack.capture.probes.binaries.compiled_files import CompiledFile, compiled_files
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.tree import Tree
from samestack.errors import InputError
from samestack.model import Layer, Remark, Value

EXTRACTION: Final = 4
"""Counted up whenever the same binaries give other facts than before, so that kept ones are not used."""

Facts = dict[str, Value]

DISTRIBUTION_ALLOWANCE: Final = 4 * ALLOWANCE
"""How many bytes are read of the binaries of one distribution. torch 2.3 takes 60 MB."""


class DeepFacts(Struct, frozen=True):
    """Facts by the metadata directory of the distribution that they are about, and what was odd."""

    facts: Mapping[str, Mapping[str, Value]]
    remarks: tuple[Remark, ...] = ()


class _Pending(Struct, frozen=True):
    distribution: Distribution
    files: tuple[CompiledFile, ...]
    key: str | None


def deep_facts(
    tree: Tree, distributions: Sequence[Distribution], options: Options, cache: Cache[Facts] | None = None
) -> DeepFacts:
    """What the compiled files of each distribution say (see :func:`.binary_facts.binary_facts`).

    ``cache`` is the user's own unless another is given. A distribution of which all files could be read is
    kept in it, by the hashes in RECORD: it tells of the files that RECORD names, not that they are unaltered.
    """
    kept = Cache(cache_directory(os.environ, "binaries"), Facts) if cache is None else cache
    facts: dict[str, Facts] = {}
    pending: list[_Pending] = []
    for distribution in distributions:
        files = compiled_files(tree, distribution)
        key = _key(tree, distribution, files)
        known = None if key is None else kept.get(key)
        if known is not None:
            facts[distribution.metadata_directory] = known
        elif files:
            pending.append(_Pending(distribution, files, key))
    remarks = _read_pending(tree, pending, facts, kept, options)
    return DeepFacts({place: known for place, known in facts.items() if known}, remarks)


def _key(tree: Tree, distribution: Distribution, files: Sequence[CompiledFile]) -> str | None:
    """What the facts depend on; None where RECORD does not say it of every file.

    The root is part of it: a strange image whose RECORD lies must not answer for another one.
    """
    place = distribution.site_directory + "/"
    rows = [f"{_place(file, place)} {file.digest}" for file in files if file.digest]
    if not files or len(rows) < len(files):
        return None
    return Cache.key(str(EXTRACTION), tree.shown("/"), distribution.name, *rows)


def _place(file: CompiledFile, site_directory: str) -> str:
    """Where the wheel has the file: facts name it by that. Outside the site directory its name must do."""
    return file.path.removeprefix(site_directory) if file.path.startswith(site_directory) else file.name


def _read_pending(
    tree: Tree,
    pending: Sequence[_Pending],
    facts: dict[str, Facts],
    cache: Cache[Facts],
    options: Options,
) -> tuple[Remark, ...]:
    if not pending:
        return ()
    remarks: list[Remark] = []
    options.reporter.started("reading binaries", len(pending))
    for one in pending:
        binaries, problems = _read_files(tree, one.files)
        found = dict(binary_facts(one.distribution.name, binaries, one.distribution.site_directory))
        facts[one.distribution.metadata_directory] = found
        if problems:
            remarks.append(_remark(tree, one.distribution, problems))
        elif one.key is not None:
            cache.put(one.key, found)
        options.reporter.advanced(one.distribution.name)
    cache.prune()
    options.reporter.finished()
    return tuple(remarks)


def _read_files(tree: Tree, files: Sequence[CompiledFile]) -> tuple[list[Binary], list[str]]:
    binaries: list[Binary] = []
    problems: list[str] = []
    left = DISTRIBUTION_ALLOWANCE
    for file in files:
        try:
            binary = read_binary(tree, file, allowance=min(left, ALLOWANCE))
        except InputError as error:
            problems.append(error.message)
        except OSError as error:
            problems.append(f"{tree.shown(file.path)}: {error.strerror}")
        else:
            if binary is not None:
                binaries.append(binary)
                left -= binary.bytes_read
    return binaries, problems


def _remark(tree: Tree, distribution: Distribution, problems: Sequence[str]) -> Remark:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return Remark(
        code="binary-unread",
        layer=Layer.PACKAGES,
        subject=distribution.name,
        message=f"a compiled file of {distribution.name} was not read: {problems[0]}{more}",
        place=tree.shown(distribution.metadata_directory),
    )
