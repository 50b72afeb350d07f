"""Rules about compiled files and what they need of the system."""
