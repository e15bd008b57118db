"""Whom we tell and whom we ask: back offices, gazetteers, messages."""
