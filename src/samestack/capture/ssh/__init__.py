"""An environment on another machine, read through its user's own ssh; nothing is needed there."""
