"""What becomes of one hybrid environment: made at next to no cost, its program run within limits, told apart.

- ``description``: what is to be tried, as a value that travels to other machines.
- ``store`` and ``joined``: packages are unpacked once and linked together; ``real`` is what the rest needs.
- ``supervision``: the program, with all that it starts, ends at its limits and with whoever waits for it.
- ``outcome`` and ``predicates``: what came of it, and what that says of the hybrid: good, bad or unresolved.
- ``bench``: many trials at once, here or on other machines, each answered from the journal if it is there.
"""
