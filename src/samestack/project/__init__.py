"""A project: the directory that people work in, what its files ask for, and ``[tool.samestack]``."""
