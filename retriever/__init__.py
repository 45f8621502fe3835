"""Question and index in, evidence out: scope, search in words and vectors, cells, fusion, rank."""
