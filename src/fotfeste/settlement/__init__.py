"""Settlement: criteria, keys, apportionment under rules, and the explanation in persons."""
