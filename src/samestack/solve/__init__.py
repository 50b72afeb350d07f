"""What was wanted becomes what is decided, or the reasons why that cannot be.

The algorithms know an :class:`~samestack.solve.oracle.Oracle` alone; uv and rattler are two of them.
"""
