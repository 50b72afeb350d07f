"""What a project's configuration must look like: fields, of a table or a pydantic class, and validation."""
