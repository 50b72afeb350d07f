"""Places outside of this program, asked within limits of time and size, failing without their values."""
