"""Deployment histories, for people and for programs."""
