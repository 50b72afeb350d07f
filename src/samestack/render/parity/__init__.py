"""Parity shown: on a terminal, as a page, in a pull request, for programs."""
