"""The public pages, one module a topic."""
