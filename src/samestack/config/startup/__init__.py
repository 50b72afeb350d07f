"""Configuration at the start of a program: read, laid over each other, validated by the program's own class.

This package runs in the user's program: on Python 3.9 and newer, with nothing of samestack but itself, and
nothing of others but what the class is made of. It imports the rest of itself when :func:`load` is called.
"""

from samestack.config.startup.error import ConfigurationError, Problem
from samestack.config.startup.loading import load
from samestack.config.startup.origins import provenance

__all__ = ["ConfigurationError", "Problem", "load", "provenance"]
