"""Fotfeste: open software for regional integration work in Norway."""

__version__ = "0.1.0"
