"""What platforms are given: Kubernetes manifests, a Compose file."""
