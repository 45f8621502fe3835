"""Words and vectors together find the passage that answers, in scope, whatever is typed."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.embed import load_embedder, passage_pieces
from indexer.records import Passage
from indexer.vectors import Vectors, VectorsWriter
from indexer.words import Words, WordsWriter
from retriever.search import Hit, search

TEXTS = (
    ("skar-2023", "Helse og omsorg", "", "Sykehjemmene hadde 84 plasser, hjemmetjenesten 212."),
    ("skar-2023", "Økonomi", "", "Kommunens langsiktige lån utgjør nå 1,2 milliarder kroner."),
    ("skar-2023", "Personal", "", "Sykefraværet var 9,1 prosent. Nedgangen skyldes mindre smitte."),
    ("skar-2023", "Kultur", "Besøkstall", "\t2022\t2023\nSvømmehallen\t41 200\t44 750\nKino\t9\t8"),
    ("skar-2023", "Skole", "", "Skolen på Ytternes fikk nytt tak."),
    ("skar-2024", "Personal", "", "Sykefraværet var 8,7 prosent i 2024."),
    ("gran-2024", "Personal", "", "Sykefraværet i Granmo var 10,4 prosent."),
    ("gran-2024", "Barnehage", "", "Foreldre er fornøyde med barnehagene."),
)  # fmt: skip

PASSAGES = [
    Passage(
        id=f"{doc}/p{number}",
        doc=doc,
        page=1,
        heading=heading,
        text=text,
        title=title,
        table=f"{doc}/t0" if title else "",
    )
    for number, (doc, heading, title, text) in enumerate(TEXTS)
]


class Searcher:
    """A small index that is asked again and again."""

    def __init__(self, folder: Path) -> None:
        self.embedder = load_embedder()
        words = WordsWriter(folder / "words")
        vectors = VectorsWriter(folder / "v.faiss", dim=self.embedder.dim)
        for number, one in enumerate(PASSAGES):
            words.add(number, doc=one.doc, heading=one.heading, title=one.title, text=one.text)
            pieces = passage_pieces(one.heading, one.title, one.text)
            vectors.add(np.full(len(pieces), number), self.embedder.embed_passages(pieces))
        words.commit()
        vectors.save()
        self.words, self.vectors = Words(folder / "words"), Vectors(folder / "v.faiss")

    def __call__(
        self,
        query: str,
        *,
        docs: Sequence[str] | None = None,
        k: int = 5,
        leave_out: Sequence[str] = (),
    ) -> list[Hit]:
        return search(
            query,
            words=self.words,
            vectors=self.vectors,
            embedder=self.embedder,
            docs=docs,
            k=k,
            passages=lambda numbers: [PASSAGES[number] for number in numbers],
            leave_out=leave_out,
        )


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return Searcher(tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Hvor mange eldre bor på aldershjem?", 0),
        ("Hvor stor er gjelda?", 1),
        ("How much debt does the municipality have?", 1),
        ("Kor høgt var sjukefråværet i 2023?", 2),
        ("Hvorfor gikk sykefraværet ned?", 2),
        ("Kor mange brukte symjehallen?", 3),
        ("Hvor mange besøkte svømehallen?", 3),
        ("Hva skjedde med taket på Ytternes?", 4),
    ],
)
def test_everyday_nynorsk_english_and_mistyped_words_find_the_report_s_words(
    find: Searcher, question: str, number: int
) -> None:
    assert find(question, docs=["skar-2023"])[0].number == number


def test_nothing_outside_the_scope_is_found(find: Searcher) -> None:
    hits = find("Hvordan var sykefraværet?", docs=["gran-2024"])
    assert {hit.passage.doc for hit in hits} == {"gran-2024"}
    assert find("sykefravær", docs=[]) == []


def test_a_comparison_shows_each_report_before_any_twice(find: Searcher) -> None:
    hits = find(
        "Hvem hadde høyest sykefravær, Skarvøy eller Granmo?",
        docs=["skar-2024", "gran-2024"],
        leave_out=["Skarvøy", "Granmo"],
    )
    assert {hit.passage.doc for hit in hits[:2]} == {"skar-2024", "gran-2024"}


def test_a_hit_says_why_it_is_there(find: Searcher) -> None:
    best = find("Hvor stor er gjelda?", docs=["skar-2023"])[0]
    assert best.reasons
    assert best.passage == PASSAGES[best.number]


def test_at_most_k_come_back_best_first(find: Searcher) -> None:
    hits = find("sykefravær prosent", k=2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


@pytest.mark.parametrize(
    "query",
    ["", "  ", "?", "😀", 'text:(a AND "b', "'; DROP TABLE passages; --", "\\", "ordet " * 2_000,
     "¿Cuántos habitantes?", "Сколько жителей?", "kommune 2023", "\x00"],
)  # fmt: skip
def test_any_query_gives_hits_or_none(find: Searcher, query: str) -> None:
    assert isinstance(find(query), list)
    assert isinstance(find(query, docs=["skar-2023"]), list)
