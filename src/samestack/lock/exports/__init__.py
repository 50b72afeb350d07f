"""Locks in other tools' formats, with all that these can say of them."""
