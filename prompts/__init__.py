"""Prompts: Markdown files with an id, a version and declared variables."""
