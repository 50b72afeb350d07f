"""The cluster that is deployed to: objects, who holds it, and how far a roll-out is."""
