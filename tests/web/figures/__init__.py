"""Tests of new figures that come in through the workspace."""
