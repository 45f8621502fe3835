"""The generative writers: a finished answer said again in plain language. Begin at `rewrite.py`."""
