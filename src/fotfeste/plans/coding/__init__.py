"""Coding: suggestions with causes, codings by people, agreement between coders."""
