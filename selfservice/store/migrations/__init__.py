"""The steps by which a database came to its present shape, in order; store/migrate.py runs them."""
