"""A lock is held to what it promises: built, imported, and where it breaks, mended by the least that does."""
