"""Requirements files: lines, includes, and the wishes that they add up to."""
