"""Virus scanners that look at customers' files before anybody else does."""
