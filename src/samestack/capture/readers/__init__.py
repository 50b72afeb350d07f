"""Readers: one file a kind of environment. Each turns a locator or a file into an Observation."""
