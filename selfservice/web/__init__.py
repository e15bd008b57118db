"""The door for people: pages, sessions, call-backs and health."""
