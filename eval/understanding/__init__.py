"""Measures how well planners understand requests, against requests marked by hand, in several domains."""
