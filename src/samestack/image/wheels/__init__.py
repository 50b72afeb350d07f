"""Wheels read and placed: what an installer would put into an environment, as entries of a layer."""
