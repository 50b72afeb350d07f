"""The smallest changes after which everything can be met, each proved by a solve."""
