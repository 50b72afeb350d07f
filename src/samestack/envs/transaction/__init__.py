"""What makes a change of an environment whole or undone, whatever interrupts it."""
