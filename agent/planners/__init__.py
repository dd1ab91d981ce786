"""Planners: from words to a plan. All write the same `Draft` and ground it in the same way."""
