"""Where things are: postcodes, areas, addresses."""
