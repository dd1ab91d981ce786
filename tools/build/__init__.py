"""Building a workspace from files: reading, inferring the schema, indexing."""
