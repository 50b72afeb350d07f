"""Layers of images that anybody wrote: read with limits, laid over each other, and never unpacked."""
