"""The actions of ``samestack deploy``, one a file."""
