"""The bundled models, each in a folder with a card that says what it is and how it was made."""
