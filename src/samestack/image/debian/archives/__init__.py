"""Debian's package files, read without dpkg and without executing anything of them."""
