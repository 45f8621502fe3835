"""The chat page: static files that the API serves. They know only the JSON of an answer."""
