"""An image held against its lock: every file of its packages, whoever built it."""
