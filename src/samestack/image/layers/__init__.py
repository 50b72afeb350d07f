"""Layers written: entries in, one reproducible compressed tar archive out."""
