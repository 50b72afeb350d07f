"""What the configuration of a project must look like: fields, from a table or a pydantic class; validation."""
