"""Deployment: what platforms want from the lock, the image and a profile, and one digest moved on."""
