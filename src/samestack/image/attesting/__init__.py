"""Where an image comes from and what is in it: documents that travel with it, attached, signed, checked."""
