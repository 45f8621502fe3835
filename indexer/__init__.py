"""Reports in, index folder out: read → tables → passages → vectors → commit; see `build`."""
