"""Pipelines for continuous integration: facts of a project in, the text of a pipeline out."""
