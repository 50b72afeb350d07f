"""Image layouts: images as the files of a directory or an archive, as the OCI image specification has it."""
