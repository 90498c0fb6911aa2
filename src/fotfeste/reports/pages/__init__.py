"""What the pages of the knowledge base show beside the profiles of places: themes, series, years on a map, ages, questions."""
