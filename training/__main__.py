"""Make the bundled word lists and models again: `python -m training embedder --data DIR`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).parent.parent


def main(argv: Sequence[str] | None = None) -> int:
    """Parse, make one thing, say where it lies."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in (
        ("words", "compound parts and nynorsk keys, for indexer/tokens.py (10 s)"),
        ("embedder", "the static embedder, models/embedder (20 minutes on two cores)"),
        ("ranking", "the weights of the re-ranker, retriever/data/ranking.json (2 minutes)"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("--data", type=Path, required=True, help="folder of open data")
        if name == "ranking":
            command.add_argument("--questions", type=Path, help="questions with quotes, JSON lines")
            command.add_argument(
                "--reports", type=Path, nargs="+", default=[], help="folders of their reports"
            )
    weights = commands.add_parser(
        "weights", help="what candidates are weighed by, retriever/data/weights.json (10 minutes)"
    )
    weights.add_argument(
        "--reports", type=Path, required=True, help="a folder of reports for each kind of file"
    )
    args = parser.parse_args(argv)
    if args.command == "weights":
        from training.weights import train_weights

        train_weights(args.reports, _ROOT / "retriever" / "data" / "weights.json")
        return 0
    if not (args.data / "text").is_dir():
        print(f"error: {args.data}: no folder text/ in it; see training/README.md", file=sys.stderr)  # noqa: T201
        return 2
    if args.command == "words":
        from training.wordlists import write_wordlists

        write_wordlists(args.data, _ROOT / "indexer" / "data")
    elif args.command == "embedder":
        from training.embedder import train_embedder

        train_embedder(args.data, _ROOT / "models" / "embedder")
    else:
        from training.ranking import train_ranking

        train_ranking(
            args.data,
            _ROOT / "retriever" / "data" / "ranking.json",
            questions=args.questions,
            reports=args.reports,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
