"""How the bundled models are made, from open data to file, repeatable."""
