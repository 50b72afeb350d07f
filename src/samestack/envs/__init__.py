"""Environments: planned by comparing what is there with what was decided, made whole or not at all."""
