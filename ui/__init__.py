"""The chat and the command line."""
