"""GET search, figures, tables, documents, pages and files: what the reports hold, for programs."""

from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse, Response
from pydantic import StringConstraints

from api.bodies import Text, Year
from api.problems import Problem
from api.service import Json, Service
from api.sheets import CSV, XLSX, figures_to_csv, figures_to_xlsx
from figures.cells import Box

MAX_BOXES = 50
PDF = "application/pdf"
LOCKED = "default-src 'none'; sandbox"
# Some browsers start no PDF viewer in a sandbox; what is served as PDF runs nothing of this site.
VIEWER = "default-src 'none'; object-src 'self'"
# Everything else is text: a report is never a page of this site.
FILE_TYPES = {".pdf": PDF, ".docx": "application/octet-stream"}
SHEETS = {"csv": (figures_to_csv, CSV), "xlsx": (figures_to_xlsx, XLSX)}
T = TypeVar("T")

Words = Annotated[Text, Query(description="What to look for", examples=["lønnsutgifter"])]
Kommune = Annotated[
    str | None,
    Query(min_length=1, max_length=100, description="Only this municipality's reports"),
]
OfYear = Annotated[Year | None, Query(description="Only this year")]
Doc = Annotated[str, Path(description="A document's id", examples=["trondheim-2024"])]
TableId = Annotated[str, Path(description="A citation's `table_id`", examples=["oslo-2024/t1"])]
Number = Annotated[
    int, Path(ge=1, le=100_000, description="From 1, as a PDF viewer counts", examples=[1])
]
Place = Annotated[
    str,
    StringConstraints(pattern=r"^-?[0-9]{1,5}(\.[0-9]{1,3})?(,-?[0-9]{1,5}(\.[0-9]{1,3})?){3}$"),
]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many rows at most")]


def report_routes(service: Service) -> APIRouter:
    """Routes that read the index."""
    router = APIRouter(tags=["reports"])

    @router.get("/search", operation_id="search")
    def search(
        q: Words,
        k: Annotated[int, Query(ge=1, le=100, description="How many passages at most")] = 10,
        kommune: Kommune = None,
        year: OfYear = None,
    ) -> Json:
        """Passages that fit the words, best first."""
        return {"query": q, "passages": service.search(q, k=k, kommune=kommune, year=year)}

    @router.get(
        "/figures",
        operation_id="figures",
        response_model=None,
        responses={200: {"content": {"application/json": {}, "text/csv": {}, XLSX: {}}}},
    )
    def figures(
        request: Request,
        q: Words,
        limit: Limit = 100,
        kommune: Kommune = None,
        year: OfYear = None,
        format: Annotated[
            Literal["json", "csv", "xlsx"] | None, Query(description="Goes before Accept")
        ] = None,
    ) -> Json | Response:
        """Typed figures with their row, column and place; CSV or XLSX by `format` or Accept."""
        rows = service.figures(q, limit=limit, kommune=kommune, year=year)
        wanted = format or _accepted(request.headers.get("accept", ""))
        if wanted == "json":
            return {"figures": rows}
        write, kind = SHEETS[wanted]
        name = f'attachment; filename="figures.{wanted}"'
        return Response(write(rows), media_type=kind, headers={"content-disposition": name})

    @router.get("/tables/{table_id:path}", operation_id="table")
    def table(table_id: TableId) -> Json:
        """A whole table: columns, rows, values in base units, and how far it can be trusted."""
        return _found(service.table(table_id), "table; ids stand in an answer's citations")

    @router.get("/documents", operation_id="documents")
    def documents() -> Json:
        """Every report in the index."""
        return {"documents": service.documents()}

    @router.get("/documents/{doc}/pages/{number}", operation_id="page")
    def page(doc: Doc, number: Number) -> Json:
        """A page's text, which every quote is a part of, and its size in PDF points."""
        found = _found(service.page(doc, number), "page; GET documents lists the reports")
        return {
            "doc": doc,
            "page": found.number,
            "text": found.text,
            "width": found.width,
            "height": found.height,
        }

    @router.get(
        "/documents/{doc}/pages/{number}/image",
        operation_id="pageImage",
        response_class=Response,
        responses={200: {"content": {"image/jpeg": {}}, "description": "The page"}},
    )
    def page_image(
        doc: Doc,
        number: Number,
        box: Annotated[
            list[Place],
            Query(max_length=MAX_BOXES, description="A place to mark: x0,top,x1,bottom"),
        ] = [],  # noqa: B006 - FastAPI copies it
    ) -> Response:
        """A picture of a page with the places in `box` marked."""
        boxes = [_parse_box(text) for text in box]
        image = _found(service.page_image(doc, number, boxes), "picture of that page")
        return Response(
            image, media_type="image/jpeg", headers={"cache-control": "private, max-age=3600"}
        )

    @router.get("/documents/{doc}/file", operation_id="file", response_class=FileResponse)
    def file(doc: Doc) -> FileResponse:
        """The report itself; ranges are served, so a viewer can open one page at a time."""
        path = _found(service.file(doc), "file; GET documents lists the reports")
        kind = FILE_TYPES.get(path.suffix.lower(), "text/plain; charset=utf-8")
        response = FileResponse(
            path, filename=path.name, media_type=kind, content_disposition_type="inline"
        )
        response.headers["content-security-policy"] = VIEWER if kind == PDF else LOCKED
        return response

    return router


def _accepted(header: str) -> str:
    """The first of our formats that an Accept header names."""
    named = {"application/json": "json", "text/csv": "csv", XLSX: "xlsx"}
    kinds = (kind.split(";")[0].strip().lower() for kind in header.split(","))
    return next((named[kind] for kind in kinds if kind in named), "json")


def _found(value: T | None, what: str) -> T:
    if value is None:
        raise Problem("not-found", f"No such {what}")
    return value


def _parse_box(text: str) -> Box:
    x0, top, x1, bottom = map(float, text.split(","))
    return (x0, top, x1, bottom)
