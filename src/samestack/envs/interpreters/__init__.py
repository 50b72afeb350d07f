"""The Pythons of this machine: found where people have them, told apart by their files, tried before use."""

from samestack.envs.interpreters.finding import all_interpreters, find_interpreter
from samestack.envs.interpreters.interpreter import Interpreter

__all__ = ["Interpreter", "all_interpreters", "find_interpreter"]
