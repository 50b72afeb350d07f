"""The embedded secret store: one file of a profile's secrets, encrypted by age and kept with the code."""
