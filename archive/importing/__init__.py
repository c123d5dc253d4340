"""Turns documents into records: each one whole or not at all."""
