"""What compiled files and bundled libraries tell."""
