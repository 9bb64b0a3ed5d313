"""Trains the recogniser of names that Dateline ships: texts → words and clusters → features → weights → model file."""
