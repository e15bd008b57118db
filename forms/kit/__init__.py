"""The forms kit: what a service is declared with, the way through it, and what is made of its answers."""
