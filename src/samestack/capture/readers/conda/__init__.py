"""What conda's tools declare, decide and export."""
