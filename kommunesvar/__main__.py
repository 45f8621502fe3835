"""`kommunesvar COMMAND`: each command parses, calls one function, prints.

Exit 0 when it did what was asked, 1 when part of it failed (a report that could not be read), 2
for a usage or input error, told in one line. Results alone go to stdout, all else to stderr.
Imports stand inside the commands: `--help` and a figure question never wait for libraries that they
do not use.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from figures.errors import KommunesvarError, UsageError
from kommunesvar.settings import Settings, load_settings

_INDEX = click.option("--index", "index", type=click.Path(path_type=Path), help="The index folder.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    try:
        code = cli.main(argv, prog_name="kommunesvar", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except KommunesvarError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output has gone, as with `| head`
        sys.stderr.close()
        return 0
    return code if isinstance(code, int) else 0


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kommunesvar")
def cli() -> None:
    """Answers questions about municipal annual reports, each figure with its cell."""


@cli.command("index")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@_INDEX
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that read reports.")
def index_command(reports: tuple[Path, ...], index: Path | None, workers: int | None) -> int:
    """Read reports (.pdf .md .txt .docx .html) into an index; only what changed is read again."""
    from indexer.build import build_index
    from indexer.embed import load_embedder
    from kommunesvar.progress import show_progress

    settings = load_settings(flags={"index": index, "workers": workers})
    with show_progress() as progress:
        built = build_index(
            reports,
            settings.index,
            embedder=load_embedder(settings.embedder),
            workers=settings.workers,
            progress=progress,
        )
    for warning in built.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    for failure in built.failures:
        print(f"error: {failure.reason}", file=sys.stderr)
    print(
        f"{len(built.added)} read, {len(built.unchanged)} unchanged, {len(built.removed)} removed, "
        f"{len(built.failures)} failed → {settings.index}",
        file=sys.stderr,
    )
    return 1 if built.failures else 0


@cli.command()
@click.argument("question")
@_INDEX
@click.option("--json", "as_json", is_flag=True, help="The answer in the contract's JSON.")
@click.option("--doc", "docs", multiple=True, help="Only this report (its id); may be repeated.")
@click.option("--kommune", help="Only reports of this municipality.")
@click.option("--year", type=int, help="Only figures and reports for this year.")
@click.option("--generator", help="extract, transformers:NAME or openai:URL#MODEL.")
@click.option("--explain", is_flag=True, help="Show what was understood, found and thought of.")
def ask(
    question: str,
    index: Path | None,
    as_json: bool,
    docs: tuple[str, ...],
    kommune: str | None,
    year: int | None,
    generator: str | None,
    explain: bool,
) -> None:
    """Answer one question."""
    from kommunesvar.printing import answer_to_text

    service = _service(load_settings(flags={"index": index, "generator": generator}))
    answer = service.ask(question, kommune=kommune, year=year, docs=docs)
    if explain:
        print(service.explain(question, kommune=kommune, year=year, docs=docs), file=sys.stderr)
    print(_json(answer.to_json()) if as_json else answer_to_text(answer))


@cli.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@_INDEX
@click.option("--generator", help="extract, transformers:NAME or openai:URL#MODEL.")
def batch(source: Path, target: Path, index: Path | None, generator: str | None) -> None:
    """Answer a file of questions, {"id", "question"} a line, into a file of answers."""
    from kommunesvar.batch import answer_file

    service = _service(load_settings(flags={"index": index, "generator": generator}))
    answer_file(service, source, target)


@cli.command()
@click.argument("query", required=False)
@_INDEX
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True)
@click.option(
    "--batch", "files", nargs=2, type=click.Path(path_type=Path), help="IN.jsonl OUT.jsonl"
)
def search(
    query: str | None, index: Path | None, k: int, as_json: bool, files: tuple[Path, Path] | None
) -> None:
    """Find passages."""
    from kommunesvar.batch import search_file
    from kommunesvar.printing import passages_to_text

    service = _service(load_settings(flags={"index": index}))
    if files:
        search_file(service, *files, k=k)
    elif query is None:
        raise UsageError('search: nothing to search for; give a "QUERY" or --batch IN OUT')
    else:
        found = service.search(query, k=k)
        print(_json({"passages": found}) if as_json else passages_to_text(found))


@cli.command()
@click.argument("docs", nargs=-1)
@_INDEX
@click.option("--json", "as_json", is_flag=True)
@click.option(
    "--html", type=click.Path(path_type=Path), help="A page with each table beside its place."
)
def tables(docs: tuple[str, ...], index: Path | None, as_json: bool, html: Path | None) -> None:
    """Every extracted table of the named reports, or of all."""
    from kommunesvar.printing import table_to_text

    service = _service(load_settings(flags={"index": index}))
    found = service.tables(docs)
    if html:
        from kommunesvar.tables_page import write_tables_page

        write_tables_page(service, docs, html)
        print(html)
    elif as_json:
        print(_json(found))
    else:
        print("\n\n".join(table_to_text(table) for table in found))


@cli.command()
@click.argument("query")
@_INDEX
@click.option("--kommune", help="Only reports of this municipality.")
@click.option("--year", type=int, help="Only figures for this year.")
@click.option("-n", "limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True)
@click.option("--csv", "as_csv", is_flag=True)
def figures(
    query: str,
    index: Path | None,
    kommune: str | None,
    year: int | None,
    limit: int,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Figures from the tables that fit the words, best first."""
    from kommunesvar.printing import figures_to_csv, figures_to_text

    service = _service(load_settings(flags={"index": index}))
    found = service.figures(query, limit=limit, kommune=kommune, year=year)
    if as_json:
        print(_json(found))
    else:
        print(figures_to_csv(found) if as_csv else figures_to_text(found), end="")


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="As function schemas for a chat model.")
def tools(as_json: bool) -> None:
    """The look-up and the calculations that a language model may call."""
    from kommunesvar.tools import schemas

    found = schemas()
    described = (tool["function"] for tool in found)
    print(
        _json(found)
        if as_json
        else "\n".join(f"{tool['name']:11} {tool['description']}" for tool in described)
    )


@cli.command()
@click.argument("name")
@click.argument("arguments")
@_INDEX
def tool(name: str, arguments: str, index: Path | None) -> None:
    """Run one tool; ARGUMENTS is JSON, with figures named by the ids that look_up gives."""
    from kommunesvar.tools import read_arguments

    given = read_arguments(name, arguments)
    print(_json(_service(load_settings(flags={"index": index})).tool(name, given)))


@cli.command()
@_INDEX
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.")
def serve(index: Path | None, host: str | None, port: int | None) -> None:
    """Serve the API and the chat page."""
    from api.app import create_app
    from api.server import serve as serve_app
    from api.settings import ApiSettings
    from kommunesvar.library import IndexLibrary

    settings = load_settings(flags={"index": index, "host": host, "port": port})
    service = _service(settings)
    service.status()  # an index that cannot be used is said now, not at the first question
    settings.api_store.parent.mkdir(parents=True, exist_ok=True)
    app = create_app(
        service,
        ApiSettings(
            public=settings.public,
            store=settings.api_store,
            reports=settings.reports,
            upload_mb=settings.upload_mb,
            frame_ancestors=settings.frame_ancestors,
        ),
        IndexLibrary(settings),
    )
    serve_app(app, host=settings.host, port=settings.port)


@cli.group()
def keys() -> None:
    """API keys for council members and systems."""


@keys.command("create")
@click.argument("name")
@click.option("--admin", is_flag=True, help="May also read feedback, and add and remove reports.")
def create_key_command(name: str, admin: bool) -> None:
    """Make a key; it is shown once."""
    from api.keys import create_key

    store = load_settings().api_store
    store.parent.mkdir(parents=True, exist_ok=True)
    print(create_key(store, name, scope="admin" if admin else "read"))


@keys.command("revoke")
@click.argument("name")
def revoke_key_command(name: str) -> None:
    """Refuse a key from now on."""
    from api.keys import revoke_key

    revoke_key(load_settings().api_store, name)


@keys.command("list")
def list_keys_command() -> None:
    """Names and scopes; the keys themselves are not kept."""
    from api.keys import list_keys

    for key in list_keys(load_settings().api_store):
        state = f"revoked {key.revoked}" if key.revoked else "in use"
        print(f"{key.name}\t{key.scope}\t{key.created}\t{state}")


@cli.command("eval")
@click.argument("gold", type=click.Path(path_type=Path))
@_INDEX
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Report folder.")
@click.option("--baseline", type=click.Path(path_type=Path), help="Figures not to fall below.")
def eval_command(gold: Path, **options: Path | None) -> int:
    """Score answers to gold questions; exit 1 when a figure falls below the baseline."""
    import subprocess

    # The harness looks at the product from outside: it is started here, not imported.
    given = [word for name, value in options.items() if value for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "eval", "score", str(gold), *given]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own interpreter


@cli.command()
@_INDEX
@click.option("--json", "as_json", is_flag=True)
def status(index: Path | None, as_json: bool) -> None:
    """What the index holds, and the models in use."""
    from kommunesvar.printing import status_to_text

    found = _service(load_settings(flags={"index": index})).status()
    print(_json(found) if as_json else status_to_text(found))


def _service(settings: Settings) -> Any:
    from kommunesvar.service import IndexService

    return IndexService(settings)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    sys.exit(main())
