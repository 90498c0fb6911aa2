"""Regions: municipalities and counties of any year, their changes, classes and neighbours in kind."""
