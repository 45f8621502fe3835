"""Fictional annual reports with known truth: written, calculated and typeset by this project."""
