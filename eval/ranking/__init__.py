"""Teaching and measuring the learned ranker."""
