"""A configuration as other programs read it: ``.env``, Kubernetes objects, Compose."""
