"""The objects of Kubernetes that a deployment is, each a plain document."""
