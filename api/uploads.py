"""POST and DELETE documents, and how far their jobs have come: for a key of scope admin only.

A report is the request's body, its name stands in the address. It goes to disk as it comes in.
"""

import asyncio
import re
import shutil
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.access import Access
from api.jobs import Job, Jobs
from api.problems import Problem
from api.reports import Doc
from api.service import Json, Service
from indexer.read.files import READERS

LOOK = 0.2  # seconds between two looks at a job that is followed
MOST_BYTES = 250  # file systems take names of 255
# Letters, digits and a few signs; no separator of folders, no leading dot, nothing unseen.
NAME = re.compile(r"\w[\w .,()+-]{0,99}")
# What a file of this kind holds near its beginning.
SIGNS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04"}

Name = Annotated[
    str,
    Query(
        min_length=1,
        max_length=120,
        description="The file's name; without its ending it is the document's id",
        examples=["trondheim-2024.pdf"],
    ),
]
JobId = Annotated[str, Path(description="As an upload was answered with")]


def upload_routes(service: Service, jobs: Jobs, access: Access, *, limit_mb: int) -> APIRouter:
    """Routes that change what the index holds."""
    router = APIRouter(tags=["uploads"], dependencies=[Depends(access.admin)])
    body = {"content": {"application/octet-stream": {"schema": {"format": "binary"}}}}

    @router.post(
        "/documents",
        operation_id="addDocument",
        status_code=202,
        openapi_extra={"requestBody": body | {"required": True}},
    )
    async def add_document(request: Request, response: Response, name: Name) -> Json:
        """Take a report in (.pdf .md .txt .docx .html); one of the same id is replaced."""
        path = _safe_name(name)
        jobs.check_room()
        part = jobs.new_folder()
        try:
            await _receive(request, part / path.name, limit=limit_mb * 1_000_000)
            _check_kind(part / path.name)
            job = jobs.accept(part, action="add", document=path.stem)
        finally:
            shutil.rmtree(part, ignore_errors=True)  # gone already where it was accepted
        return _accepted(job, request, response)

    @router.delete("/documents/{doc}", operation_id="removeDocument", status_code=202)
    def remove_document(doc: Doc, request: Request, response: Response) -> Json:
        """Take a report out of the index; its file goes too if it was uploaded."""
        if doc not in (document["id"] for document in service.documents()):
            raise Problem("not-found", "No such report; GET documents lists them")
        jobs.check_room()
        job = jobs.accept(jobs.new_folder(), action="remove", document=doc)
        return _accepted(job, request, response)

    def find_job(job_id: JobId) -> Job:
        found = jobs.find(job_id)
        if found is None:
            raise Problem("not-found", "No such job; those that ended long ago are forgotten")
        return found

    @router.get("/documents/jobs/{job_id}", operation_id="job")
    def job(found: Annotated[Job, Depends(find_job)]) -> Json:
        """How far an upload or a removal has come."""
        return found.to_json()

    @router.get(
        "/documents/jobs/{job_id}/events",
        operation_id="jobEvents",
        response_class=EventSourceResponse,
    )
    async def job_events(
        found: Annotated[Job, Depends(find_job)],
    ) -> AsyncIterator[ServerSentEvent]:
        """The same as server-sent events, one for each state, until it is done or has failed."""
        shown = None
        while shown is None or not shown.is_over:
            newest = jobs.find(found.id) or found
            if newest != shown:
                yield ServerSentEvent(event=newest.state, data=newest.to_json())
            shown = newest
            await asyncio.sleep(0 if shown.is_over else LOOK)

    return router


def _accepted(job: Job, request: Request, response: Response) -> Json:
    address = request.url_for("job", job_id=job.id).path
    response.headers["location"] = address
    return job.to_json() | {"url": address}


def _safe_name(name: str) -> FilePath:
    path = FilePath(unicodedata.normalize("NFC", name))
    if path.suffix.lower() not in READERS:
        raise Problem("unsupported-type", f"Name a file that ends in {', '.join(sorted(READERS))}")
    is_plain = NAME.fullmatch(path.stem) and path.name == str(path)
    if not is_plain or len(path.name.encode()) > MOST_BYTES:
        detail = "name: use letters, digits, spaces and . , ( ) + - _ only, at most 100 of them"
        raise Problem("invalid-request", detail)
    return path


async def _receive(request: Request, path: FilePath, *, limit: int) -> None:
    """Write the body to `path`; stop as soon as it is larger than `limit`."""
    size = 0
    with path.open("wb") as file:
        async for piece in request.stream():
            size += len(piece)
            if size > limit:
                raise Problem("body-too-large", f"A report may be {limit // 1_000_000} MB")
            await asyncio.to_thread(file.write, piece)
    if size == 0:
        raise Problem("invalid-request", "body: it is empty; send the file itself")


def _check_kind(path: FilePath) -> None:
    with path.open("rb") as file:
        head = file.read(1024)
    sign = SIGNS.get(path.suffix.lower())
    fits = sign in head if sign else b"\x00" not in head
    if not fits:
        raise Problem("unsupported-type", f"The file is not what {path.suffix} files are")
