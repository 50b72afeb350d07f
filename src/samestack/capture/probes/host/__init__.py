"""What only a live machine tells: kernel, processor, GPUs, environment variables."""
