"""Rule ``jax-cuda``: a CUDA plugin of JAX that its jaxlib does not load."""

from collections.abc import Iterator
from typing import Final

from packaging.version import Version

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Component, Layer

_PLUGINS: Final = ("jax-cuda12-plugin", "jax-cuda13-plugin")
_FIRST_STRICT: Final = Version("0.7.1")
"""From here on it is known that jaxlib leaves a plugin aside that is not of its own release."""
_SOURCES: Final = (
    "https://github.com/jax-ml/jax/blob/main/jaxlib/plugin_support.py",
    "https://github.com/ma-gilles/recovar/issues/64",
)


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold the plugin's release against jaxlib's: they must be the same."""
    for environment in subject.pythons:
        jaxlib, library = environment.package("jaxlib"), environment.version("jaxlib")
        for name in _PLUGINS:
            plugin, version = environment.package(name), environment.version(name)
            if jaxlib is None or library is None or plugin is None or version is None:
                continue
            if library >= _FIRST_STRICT and library.release != version.release:
                yield _finding(environment, jaxlib, plugin)


def _finding(environment: PythonEnvironment, jaxlib: Component, plugin: Component) -> Finding:
    cuda = plugin.name.removeprefix("jax-").removesuffix("-plugin")
    return Finding(
        rule=RULE.id,
        severity=Severity.WARNING,
        layer=Layer.PACKAGES,
        subject=plugin.name,
        at=environment.at,
        message=f"{plugin.label}: {jaxlib.label} leaves it aside, since it is of another release, and JAX "
        "computes on the processor",
        evidence=(f"installed: {jaxlib.label}", f"installed: {plugin.label}"),
        remedy=f"install jax[{cuda}]=={jaxlib.version}, so that all parts are of one release",
        command=f'pip install "jax[{cuda}]=={jaxlib.version}" "{plugin.name}=={jaxlib.version}"',
        sources=_SOURCES,
    )


RULE = Rule(
    id="jax-cuda",
    summary="JAX's plugin for CUDA is of another release than jaxlib, which leaves it aside.",
    layer=Layer.PACKAGES,
    severity=Severity.WARNING,
    examine=examine,
)
