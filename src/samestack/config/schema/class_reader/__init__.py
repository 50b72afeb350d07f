"""What runs in the project's own environment: Python 3.7, the standard library, pydantic 1 or 2.

Its modules import each other relatively, since they run under another package's name, and nothing else.
"""
