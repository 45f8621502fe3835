"""`python -m eval COMMAND`: score, report, compare, factory, stress, sweep, ablate, bench …

    score GOLD       ask gold questions of an index; also `kommunesvar eval`
    report RUN       write the report of an earlier run again
    compare A B      two runs: what got better, what got worse, and whether it is chance
    factory          the same for fresh reports from the samples' factory
    written          the same for reports written by hand that nothing was fitted with
    stress           the same, and how it holds as tables and the index grow
    sweep M.NAME=… GOLD   the values of a constant against the figures
    ablate GOLD      parts switched off, one at a time, against the figures
    wordings         the same questions in everyday words, nynorsk and keywords
    convert RUN OUT  a run's answers as rows for RAGAS or DeepEval
    candidates OUT   what readers sent, as gold questions to confirm
    norquad FILE     search and reading on texts that are no reports
    tables GOLD      extracted tables against transcribed ones
    gate             the bundled samples against eval/baseline.json
    bench            how fast, on some reports or in an index of a million

Exit 0 when it did what was asked, 1 when a figure fell below the baseline, 2 for a usage error.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from eval.candidates import candidates, read_feedback, write_candidates
from eval.changes import Change, check, read_sweep
from eval.compare import compare_runs, comparison_to_text
from eval.convert import NAMES, write_rows
from eval.factory import KINDS, run_factory, run_reports, run_written
from eval.gate import fallen, write_figures
from eval.gold import read_gold
from eval.norquad import read_contexts, read_norquad, search_contexts, squad_to_text
from eval.parts import PARTS
from eval.report import Report, make_report, to_text, write_report
from eval.run import Run, read_run, run_gold
from eval.sizes import Strain
from eval.stress import run_stress
from eval.tables import read_tables, score_tables, tables_to_text
from eval.trials import run_trials
from eval.trials_page import trials_to_markdown, write_trials
from eval.wordings import run_wordings, wordings_to_text
from figures.errors import KommunesvarError, UsageError
from kommunesvar.service import IndexService
from kommunesvar.settings import load_settings

BASELINE = Path(__file__).parent / "baseline.json"
SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
EVERY = 4  # the gate asks every fourth question of the samples


def main(argv: Sequence[str] | None = None) -> int:
    """Parse, call one function, print."""
    args = _parser().parse_args(argv)
    try:
        return COMMANDS[args.command](args)
    except KommunesvarError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2


def score(args: argparse.Namespace) -> int:
    """Ask and score."""
    settings = load_settings(flags={"index": args.index, "workers": args.workers})
    golds = read_gold(args.gold)
    run = run_gold(golds, settings, source=str(args.gold), progress=_tell)
    return _finish(run, args.out, args.baseline)


def report(args: argparse.Namespace) -> int:
    """Write an earlier run's report."""
    return _finish(read_run(args.run), args.out, None)


def compare(args: argparse.Namespace) -> int:
    """Compare two runs."""
    comparison = compare_runs(_run_of(args.before), _run_of(args.after))
    sys.stdout.write(comparison_to_text(comparison) + "\n")
    return 0


def factory(args: argparse.Namespace) -> int:
    """Make reports, index and score them."""
    settings = load_settings(flags={"workers": args.workers})
    with _folder(args.out) as folder:
        run = run_factory(
            folder,
            settings,
            count=args.count,
            seed=args.seed,
            kind=args.kind,
            every=args.every,
            progress=_tell,
        )
    return _finish(run, args.out, None)


def written(args: argparse.Namespace) -> int:
    """Draw, index and score the reports written by hand."""
    settings = load_settings(flags={"workers": args.workers})
    with _folder(args.out) as folder:
        run = run_written(folder, settings, kind=args.kind, every=args.every, progress=_tell)
    return _finish(run, args.out, None)


def stress(args: argparse.Namespace) -> int:
    """Make reports and ever larger indexes, and score them."""
    settings = load_settings(flags={"workers": args.workers})
    with _folder(None) as folder:
        found = run_stress(
            folder,
            settings,
            seed=args.seed,
            count=args.count,
            most=args.most,
            every=args.every,
            progress=_tell,
        )
    return _finish(found.run, args.out, None, found.strains)


def sweep(args: argparse.Namespace) -> int:
    """Give a constant each value."""
    changes = read_sweep(args.change)
    changed = {change.value: (change,) for change in changes}
    name = f"{changes[0].module}.{changes[0].name}"
    return _try(args, changed, title=f"Sweep of {name}", swept=True)


def ablate(args: argparse.Namespace) -> int:
    """Switch off each part."""
    names = args.part or list(PARTS)
    for name in names:
        if name not in PARTS:
            raise UsageError(f"no part {name!r}; the parts are {', '.join(PARTS)}")
        check(PARTS[name])
    changed = {f"without {name}": PARTS[name] for name in names}
    return _try(args, changed, title="Parts switched off", swept=False)


def _try(
    args: argparse.Namespace,
    changed: Mapping[str, Sequence[Change]],
    *,
    title: str,
    swept: bool,
) -> int:
    settings = load_settings(flags={"index": args.index, "workers": args.workers})
    golds = read_gold(args.gold)[:: args.every]
    trials = run_trials(changed, golds, settings, source=str(args.gold), progress=_tell)
    if args.out:
        write_trials(trials, args.out, title=title, sweep=swept)
        sys.stderr.write(f"report: {args.out / 'trials.html'}\n")
    sys.stdout.write(trials_to_markdown(trials, title=title))
    sys.stdout.write(json.dumps({trial.name: trial.to_json() for trial in trials}) + "\n")
    return 0


def wordings(args: argparse.Namespace) -> int:
    """Ask the same in other words."""
    settings = load_settings(flags={"workers": args.workers})
    with _folder(None) as folder:
        found = run_wordings(
            folder, settings, reports=args.reports, every=args.every, progress=_tell
        )
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        told = wordings_to_text(found, answers=True)
        (args.out / "wordings.md").write_text(told, encoding="utf-8")
        sys.stderr.write(f"report: {args.out / 'wordings.md'}\n")
    sys.stdout.write(wordings_to_text(found) + "\n")
    figures = {name: {way.way: way.to_json() for way in ways} for name, ways in found.items()}
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def convert(args: argparse.Namespace) -> int:
    """Write a run as rows for another tool."""
    count = write_rows(_run_of(args.run), args.to, args.rows)
    sys.stderr.write(f"{count} rows → {args.rows}\n")
    return 0


def feedback(args: argparse.Namespace) -> int:
    """Write what readers sent as gold questions to confirm."""
    data = args.data or load_settings().api_store
    sent = read_feedback(data)
    count = write_candidates(candidates(sent), args.rows)
    without = sum(not one.question.strip() for one in sent)
    sys.stderr.write(
        f"{count} candidates → {args.rows}; {without} of {len(sent)} without their question\n"
    )
    return 0


def norquad(args: argparse.Namespace) -> int:
    """Search among, and read, the contexts of NorQuAD."""
    settings = load_settings(flags={"workers": args.workers})
    squad = read_norquad(args.file, part=args.part, among=args.among, every=args.every)
    with _folder(None) as folder:
        found = search_contexts(squad, folder, settings)
        read = {} if args.no_reading else read_contexts(squad, folder, settings)
    sys.stdout.write(squad_to_text(squad, found, read) + "\n")
    return 0


def tables(args: argparse.Namespace) -> int:
    """Hold an index's tables against transcribed ones."""
    settings = load_settings(flags={"index": args.index})
    found = score_tables(read_tables(args.gold), IndexService(settings).tables())
    sys.stdout.write(tables_to_text(found) + "\n")
    return 0


def gate(args: argparse.Namespace) -> int:
    """Hold the samples against the baseline, or make it anew."""
    settings = load_settings(flags={"workers": args.workers})
    with _folder(None) as folder:
        run = run_reports(SAMPLES, folder / "index", settings, every=EVERY, progress=_tell)
    if not args.update:
        return _finish(run, args.out, BASELINE)
    made = make_report(run)
    write_figures(run, made.summary, BASELINE)
    sys.stderr.write(f"{BASELINE} written; read its difference before you commit it\n")
    return _finish(run, args.out, None)


def bench(args: argparse.Namespace) -> int:
    """How fast."""
    if args.passages:
        from eval.million import measure_million

        cells = args.cells or args.passages
        figures = measure_million(args.passages, cells, texts=args.texts, keep=args.keep)
    else:
        from eval.bench import measure_reports

        figures = measure_reports(args.reports or [SAMPLES])
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


COMMANDS = {
    "score": score,
    "report": report,
    "compare": compare,
    "factory": factory,
    "written": written,
    "stress": stress,
    "sweep": sweep,
    "ablate": ablate,
    "wordings": wordings,
    "convert": convert,
    "candidates": feedback,
    "norquad": norquad,
    "tables": tables,
    "gate": gate,
    "bench": bench,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("score", help="ask gold questions of an index")
    one.add_argument("gold", type=Path)
    one.add_argument("--index", type=Path, help="the index folder")
    one.add_argument("--baseline", type=Path, help="a figures.json not to fall below")
    old = commands.add_parser("report", help="write the report of an earlier run again")
    old.add_argument("run", type=Path, help="a run.json")
    two = commands.add_parser("compare", help="what got better and worse between two runs")
    two.add_argument("before", type=Path, help="a run.json, or the folder that holds it")
    two.add_argument("after", type=Path)
    fresh = commands.add_parser("factory", help="fresh reports, indexed and scored")
    fresh.add_argument("--count", type=whole_number, default=6)
    fresh.add_argument("--seed", type=int, default=1)
    fresh.add_argument("--kind", choices=KINDS, default="pdf")
    fresh.add_argument(
        "--every", type=whole_number, default=1, help="ask every second, third … question"
    )
    ours = commands.add_parser("written", help="reports written by hand, indexed and scored")
    ours.add_argument("--kind", choices=("pdf", "text"), default="pdf")
    ours.add_argument("--every", type=whole_number, default=1)
    grown = commands.add_parser("stress", help="accuracy as tables and the index grow")
    grown.add_argument("--count", type=whole_number, default=4, help="reports for the tables")
    grown.add_argument(
        "--most", type=whole_number, default=16, help="reports in the greatest index"
    )
    grown.add_argument("--seed", type=int, default=1)
    grown.add_argument("--every", type=whole_number, default=1)
    swept = commands.add_parser("sweep", help="the values of a constant against the figures")
    swept.add_argument("change", help="module.NAME=value,value,…")
    parts = commands.add_parser("ablate", help="parts switched off, against the figures")
    for command in (swept, parts):
        command.add_argument("gold", type=Path)
        command.add_argument("--index", type=Path, help="the index folder")
        command.add_argument("--every", type=whole_number, default=1)
    parts.add_argument("--part", action="append", help=f"only this one: {', '.join(PARTS)}")
    again = commands.add_parser("wordings", help="the same questions in other words")
    again.add_argument("--reports", type=Path, help="the folder with the four real reports")
    again.add_argument("--every", type=whole_number, default=1)
    other = commands.add_parser("convert", help="a run as rows for another tool")
    other.add_argument("run", type=Path, help="a run.json, or the folder that holds it")
    other.add_argument("rows", type=Path, help="the file of rows to write")
    other.add_argument("--to", choices=tuple(NAMES), default="ragas")
    sent = commands.add_parser("candidates", help="what readers sent, as questions to confirm")
    sent.add_argument("rows", type=Path, help="the file of candidates to write")
    sent.add_argument("--data", type=Path, help="the folder that holds the server's api.sqlite")
    texts = commands.add_parser("norquad", help="search and reading on texts that are no reports")
    texts.add_argument("file", type=Path, help="NorQuAD as JSON lines, gzipped or not")
    texts.add_argument("--part", default="test", help="doc_split of the questions")
    texts.add_argument(
        "--among", choices=("part", "all"), default="part", help="the contexts to search"
    )
    texts.add_argument("--no-reading", action="store_true", help="search only")
    texts.add_argument("--every", type=whole_number, default=1)
    read = commands.add_parser("tables", help="extracted tables against transcribed ones")
    read.add_argument("gold", type=Path, help="a tables.jsonl")
    read.add_argument("--index", type=Path, help="the index folder")
    held = commands.add_parser("gate", help="the samples against eval/baseline.json")
    held.add_argument("--update", action="store_true", help="write the baseline anew")
    fast = commands.add_parser("bench", help="how fast, on some reports or on a crowd of them")
    fast.add_argument("reports", nargs="*", type=Path, help="default: the bundled samples")
    fast.add_argument("--passages", type=whole_number, help="make an index of so many")
    fast.add_argument("--cells", type=whole_number, help="and of so many cells; default: the same")
    fast.add_argument("--texts", type=Path, help="the text folder that training reads, for prose")
    fast.add_argument("--keep", type=Path, help="the folder of that index: kept, and used again")
    for command in (one, old, fresh, ours, grown, swept, parts, again, held):
        command.add_argument("--out", type=Path, help="folder for the report")
    for command in (one, fresh, grown, swept, parts, again, texts, held):
        command.add_argument(
            "--workers", type=whole_number, help="questions asked at the same time"
        )
    return parser


def whole_number(text: str) -> int:
    """A number of things, for argparse: 1 or more."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


def _finish(
    run: Run, out: Path | None, baseline: Path | None, strains: tuple[Strain, ...] = ()
) -> int:
    """Write what was asked for, print the figures, and say what fell."""
    made: Report = make_report(run, strains=strains)
    if out:
        write_report(made, out)
        sys.stderr.write(f"report: {out / 'report.html'}\n")
    faults = fallen(run, made.summary, baseline) if baseline else []
    for fault in faults:
        sys.stderr.write(f"fallen: {fault}\n")
    sys.stdout.write(to_text(made) + "\n")
    return 1 if faults else 0


@contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    """The folder to work in: the one given, else one that is removed afterwards."""
    if out:
        yield out
        return
    with tempfile.TemporaryDirectory(prefix="kommunesvar-eval-") as folder:
        yield Path(folder)


def _run_of(path: Path) -> Run:
    return read_run(path / "run.json" if path.is_dir() else path)


def _tell(done: int, of: int) -> None:
    if done % 100 == 0 or done == of:
        sys.stderr.write(f"{done}/{of} questions\n")


if __name__ == "__main__":
    sys.exit(main())
