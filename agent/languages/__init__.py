"""The languages that requests may come in besides English."""
