"""What we ask: the forms kit and one declaration for each service."""
