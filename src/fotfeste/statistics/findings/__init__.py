"""Findings: comparison beyond noise, and the five figures that a knowledge base opens with."""
