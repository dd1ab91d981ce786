"""Indexes over a catalogue: text, meaning, taste; and the sentence encoder."""
