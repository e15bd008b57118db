"""One file a service; fly_tipping.py is the one to copy."""
