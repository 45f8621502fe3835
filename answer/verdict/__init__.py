"""A yes/no question → yes, no, or what the reports say of it."""
