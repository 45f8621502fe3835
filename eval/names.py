"""What the report calls things, in Norwegian: kinds of questions, outcomes, faults, figures."""

from eval.metrics import Fault, Outcome

KINDS = {
    "figure": "Tall",
    "computed": "Utregning",
    "compare": "Sammenligning",
    "text": "Forklaring i tekst",
    "list": "Oppramsing",
    "yesno": "Ja eller nei",
    "unanswerable": "Står ikke i rapportene",
    "clarify": "Uklart spørsmål",
}
LANGUAGES = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk"}
SEVERAL = "Flere kommuner"
DIFFICULTIES = {
    "one place": "Ett sted i én rapport",
    "several places": "Flere steder i én rapport",
    "several reports": "Flere rapporter",
    "": "Svaret står ikke i rapportene",
}
FILES = {"pdf": "PDF", "txt": "Ren tekst", "md": "Markdown", "docx": "Word", "html": "Nettside"}

# In the order of the bar: what is right first.
OUTCOMES: dict[Outcome, str] = {
    "answered_right": "Riktig svar",
    "refused_right": "Sa med rette at det ikke står i rapportene",
    "asked_right": "Spurte med rette tilbake",
    "refused_wrong": "Fant ikke svaret, og sa det",
    "asked_wrong": "Spurte tilbake uten grunn",
    "answered_wrong": "Galt svar",
}
COLOURS: dict[Outcome, str] = {
    "answered_right": "#1d6b3a",
    "refused_right": "#4c9a6a",
    "asked_right": "#8cc4a1",
    "refused_wrong": "#c9ced4",
    "asked_wrong": "#e3b95b",
    "answered_wrong": "#b3261e",
}

RED, GREEN, GREY = "#b3261e", "#1d6b3a", "#8795a3"

FAULTS: dict[Fault, str] = {
    "": "",
    "no figure": "Svaret gir ikke noe tall.",
    "value": "Tallet er galt.",
    "year": "Tallet er for et annet år.",
    "unit": "Tallet har gal enhet.",
    "sign": "Tallet har galt fortegn.",
    "figure not in text": "Tallet står ikke i teksten som leses.",
    "words": "Svaret sier ikke det det skulle si.",
}
WRONG: dict[Outcome, str] = {
    "answered_wrong": "Svarte på noe som rapportene ikke svarer på.",
    "refused_wrong": "Fant ikke svaret, enda det står i rapporten.",
    "asked_wrong": "Spurte tilbake om noe som er klart nok.",
}

UNCLEAR = "Skulle ha spurt tilbake: spørsmålet kan forstås på flere måter."

# The same four, as a table: whether it answered, where the reports give an answer and where not.
ANSWERABLE = "Svaret står i rapportene"
NOT_ANSWERABLE = "Svaret står ikke i rapportene"
UNCLEAR_ASKED = "Spørsmålet kan forstås på flere måter"

# Each figure as the council reads it; those that are not here are for maintainers.
FIGURES = {
    "accuracy": "Alt i alt riktig",
    "figures_right": "Riktig tall, der spørsmålet ber om et tall",
    "answered_wrong": "Galt, av det som ble besvart",
    "refused_right": "Sa fra, der rapportene ikke gir svar",
    "cites_the_evidence": "Kilden som vises, inneholder svaret",
    "sentences_supported": "Setninger som har dekning i kildene",
    "quotes_on_page": "Sitatet står ordrett på siden som oppgis",
    "recall@5": "Riktig sted blant de fem første i søket",
    "language_right": "Svarte på språket det ble spurt på",
}
