"""Images and containers: read by the files in their layers, or by what a manifest of ours says of them."""
