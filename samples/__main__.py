"""Write reports from the shell: `python -m samples make --out DIR --count N`, or `bundled`."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from samples.ask_together import ask_together
from samples.blocks import Report
from samples.draws import rng
from samples.factory import bundled_reports, make_reports, write_markdown, write_pdf, write_text
from samples.truth import Json, Truth, question_line, table_line

BUNDLED = Path(__file__).parent / "reports"


def main(argv: Sequence[str] | None = None) -> int:
    """Parse, write, print one line."""
    parser = argparse.ArgumentParser(prog="python -m samples", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="write reports nobody has seen, with their truth")
    make.add_argument("--out", type=Path, required=True)
    make.add_argument("--count", type=int, default=4)
    make.add_argument("--seed", type=int, default=1)
    for kind in ("pdf", "text", "markdown"):
        make.add_argument(f"--{kind}", action="store_true", help=f"write the reports as {kind}")
    commands.add_parser("bundled", help="write the six committed reports again")
    args = parser.parse_args(argv)

    if args.command == "bundled":
        reports, out, kinds = bundled_reports(), BUNDLED, {"pdf"}
    else:
        reports, out = make_reports(args.seed, args.count), args.out
        kinds = {kind for kind in ("pdf", "text", "markdown") if getattr(args, kind)} or {"pdf"}
    write_all(reports, out, kinds, share=0.4 if args.command == "bundled" else 1.0)
    sys.stderr.write(f"{len(reports)} reports -> {out}\n")
    return 0


def write_all(reports: Sequence[Report], out: Path, kinds: set[str], *, share: float = 1.0) -> None:
    """The files of each report, and one questions.jsonl and tables.jsonl for all of them.

    `share`: how many of the questions about single reports to keep; traps are all kept.
    """
    out.mkdir(parents=True, exist_ok=True)
    truths: list[Truth] = []
    for report in reports:
        truth = report.truth
        if "text" in kinds:
            write_text(report, out / f"{report.doc}.txt")
        if "markdown" in kinds:
            write_markdown(report, out / f"{report.doc}.md")
        if "pdf" in kinds:
            truth = write_pdf(report, out / f"{report.doc}.pdf")
        truths.append(truth)
    facts = [
        fact
        for truth in truths
        for fact in truth.facts
        if "planted" in fact.note or rng(fact.id, "kept").random() < share
    ]
    facts += ask_together(reports)
    _write_lines(out / "questions.jsonl", (question_line(fact) for fact in facts))
    tables = (table_line(table, truth.doc) for truth in truths for table in truth.tables)
    _write_lines(out / "tables.jsonl", tables)


def _write_lines(path: Path, lines: Iterable[Json]) -> None:
    text = "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
    )
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
