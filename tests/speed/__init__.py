"""What a page costs, measured: `make pages`."""
