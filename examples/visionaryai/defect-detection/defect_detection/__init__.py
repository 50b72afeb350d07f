"""Finds scratches, dents and missing holes on pictures of machined plates."""
