"""Measures the archive beside peers in the same run: `make bench`."""
