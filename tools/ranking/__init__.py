"""The learned ranker: features of every candidate, and the model that makes one order of them."""
