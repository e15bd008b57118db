"""Tables and queries, and nothing that decides."""
