"""What differs between two environments, and what each difference can do."""
