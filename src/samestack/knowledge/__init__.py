"""Dated tables of what cannot be read mechanically, each row with its public source."""
