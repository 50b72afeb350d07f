"""Registries: a client of the OCI distribution specification 1.1, to read images from and to write them to.

``opening.py`` makes a source or a destination; the rest takes httpx, which only the extra ``image`` brings.
What a registry answers is not trusted: sizes are limited, digests are checked, and credentials go to nobody
but the registry, and to whom it names for tokens.
"""
