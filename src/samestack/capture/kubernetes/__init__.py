"""A Kubernetes cluster: the way in that kubectl takes, and what runs there, read."""
