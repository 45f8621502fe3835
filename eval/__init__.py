"""Gold questions in, scores and a report out. Looks at the product from outside."""
