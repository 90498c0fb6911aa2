"""Tests of the whole workspace in a real browser."""
