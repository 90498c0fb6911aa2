"""Readers: files from outside as tidy rows of figures, with every fault told by its cell."""
