"""Assisted self-service for councils: forms, delivery to back offices, and news back to the resident."""
