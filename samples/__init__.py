"""Fictional annual reports, and the factory that writes them and knows each cell and fact."""
