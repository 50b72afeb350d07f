"""Environments that exist: machines, venvs, interpreters, conda prefixes, root file systems."""
