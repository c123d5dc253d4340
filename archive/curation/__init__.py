"""What editors do to records: each a plain function, whole or not at all."""
