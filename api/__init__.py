"""HTTP over the answerer: routes, streaming, keys, limits."""
