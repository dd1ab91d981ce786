"""Tools over a catalogue: filters, retrievers, scorers, and what they stand on. Knows neither agent nor chat."""
