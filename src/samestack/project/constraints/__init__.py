"""Constraints as each kind of file writes them, and two of one package as one."""
