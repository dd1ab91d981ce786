"""From names as people say them to what the catalogue has."""
