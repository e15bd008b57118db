"""A back office to develop against: real HTTP on loopback, with faults on request."""
