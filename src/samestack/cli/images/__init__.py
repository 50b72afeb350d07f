"""The actions of ``samestack image``, one file each."""
