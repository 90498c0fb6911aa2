"""Rounds of the settlement year; so far the example round that comes with the program."""
