"""A robot that fills in forms knowing nothing but HTML."""
