"""Measurement of the taste scorer against its peers, on people that none of them was fitted on."""
