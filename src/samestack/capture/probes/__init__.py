"""Probes: one file a layer or fact, each reading a :class:`~samestack.capture.tree.Tree`, running nothing."""
