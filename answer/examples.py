def example_questions(index, lang):
    return [
        "Hva var netto driftsresultat i Trondheim i 2024?",
        "Hvor høyt var sykefraværet i Elverum i 2025?",
    ]
