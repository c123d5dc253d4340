"""Verification: every original, and every quotation in it, held against what the archive has recorded of them."""
