"""Configuration: what may differ between environments, apart from code, typed, layered, its secrets kept.

Programs call :func:`load`; see :mod:`samestack.config.startup`. It comes late, since the tool imports this
package, too, and has no use for it. Nothing here or there needs a newer Python than 3.9.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from samestack.config.startup import ConfigurationError, Problem, load, provenance

__all__ = ["ConfigurationError", "Problem", "load", "provenance"]


def __getattr__(name: str) -> object:
    """What programs take from here, imported when somebody asks for it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from samestack.config import startup

    found = getattr(startup, name)
    globals()[name] = found
    return found
