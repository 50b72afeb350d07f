"""``--imports``: what an environment brings is imported, by its own interpreter in processes of their own.

The only place in samestack where anything of an examined environment runs, and only because it was asked for.
"""
