"""Building a workspace from somebody's files: reading, inferring the schema, writing the database and the indexes."""
