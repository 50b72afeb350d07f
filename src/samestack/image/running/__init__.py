"""An image run on an engine: with a profile's configuration in its environment, and secrets as files."""
