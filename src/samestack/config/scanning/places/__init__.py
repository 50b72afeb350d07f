"""Where secrets are looked for: each place gives texts, with limits."""
