"""The actions of ``samestack config``, one a module."""
