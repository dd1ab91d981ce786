"""The catalogue: its schema, its database, and the constraints that can be asked of it."""
