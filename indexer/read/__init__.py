"""One file in, one Reading out: a reader for each kind of file, and the record they share."""
