"""Container images as everybody writes them: what they consist of, where they stand, how they are moved.

The formats are those of the OCI image and distribution specifications, version 1.1, and Docker's older ones.
Whatever is read here was written by others and is not trusted: sizes are limited, digests are checked, and no
path leads out of a layer.
"""
