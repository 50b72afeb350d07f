"""Model files: the Hugging Face cache, and what a project declares."""
