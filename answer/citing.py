"""Evidence → citations: where it stands, with a quote that is a substring of the page's text."""

from answer.records import Citation
from figures.cells import Cell, Row, Table
from indexer.index import Index
from indexer.records import Page, Passage
from indexer.store import load_page
from retriever.cells import FoundCell


def cite_cell(index: Index, found: FoundCell, n: int) -> Citation:
    """A table cell: the quote is its row as the page prints it."""
    return cite_table_cell(index, found.table, found.row, found.position, n)


def cite_table_cell(index: Index, table: Table, row: Row, position: int, n: int) -> Citation:
    """A cell by its place in its table."""
    cell = row.cells[position]
    assert cell is not None
    page = load_page(index.store, table.doc, row.page)
    document = index.document(table.doc)
    return Citation(
        n=n,
        doc=table.doc,
        title=document["title"],
        page=row.page if document["paged"] else None,
        heading=table.heading,
        quote=_row_as_printed(page, row, cell),
        table=table.title,
        table_id=table.id,
        row=f"{row.group} › {row.label}" if row.group else row.label,
        column=table.columns[position].name,
        bbox=cell.box or row.box,
    )


def cite_text(index: Index, passage: Passage, quote: str, n: int) -> Citation:
    """A sentence of a passage, as it stands."""
    document = index.document(passage.doc)
    return Citation(
        n=n,
        doc=passage.doc,
        title=document["title"],
        page=passage.page if document["paged"] else None,
        heading=passage.heading,
        quote=quote,
        table=passage.title or None,
        table_id=passage.table or None,
        bbox=passage.box,
    )


def _row_as_printed(page: Page | None, row: Row, cell: Cell) -> str:
    """The line of the page that holds the row's label and the cell, or the cell alone."""
    wanted = [cell.text, *(other.text for other in row.cells if other)]
    best, best_score = cell.text, 0
    for line in page.text.split("\n") if page else ():
        parts = line.split("\t")
        if cell.text not in line:
            continue
        score = sum(text in parts for text in wanted) + (3 if _same(parts[0], row.label) else 0)
        if score > best_score:
            best, best_score = line, score
    return best


def _same(printed: str, label: str) -> bool:
    return "".join(printed.split()).lower() == "".join(label.split()).lower()
