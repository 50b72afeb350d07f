"""Rules about GPUs, their driver, and what was built for them."""
