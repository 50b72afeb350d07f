"""Building an image: the layers are planned from the lock, found or written, and joined above a base."""
