"""One module a kind of back office; example.py is the one to copy."""
