"""The shape of the project, as tests: who may import whom, and each heavy library's one door."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ["figures", "indexer", "retriever", "answer", "api", "kommunesvar"]
OUTSIDE = ["eval", "training", "samples"]  # look at the others from outside
DOORS = {
    "pypdfium2": {"indexer/read/pdf_pages.py", "indexer/render.py"},
    "pdfplumber": {"eval/bench.py"},
    "tantivy": {"indexer/words.py"},
    "faiss": {"indexer/vectors.py"},
    "tokenizers": {"indexer/embed.py"},
    "sentence_transformers": {"indexer/embed.py"},
    "docx": {"indexer/read/docx.py"},
    "selectolax": {"indexer/read/html.py"},
    "torch": {"answer/writers/local.py"},
    "transformers": {"answer/writers/local.py"},
    "uvicorn": {"api/server.py"},
    "xlsxwriter": {"api/sheets.py"},
    "reportlab": {"samples/typeset.py"},
}


def sources() -> dict[str, Path]:
    found = {}
    for package in [*ORDER, *OUTSIDE]:
        for path in sorted((ROOT / package).rglob("*.py")):
            found[str(path.relative_to(ROOT))] = path
    return found


FILES = sources()


def imported_by(path: Path) -> set[str]:
    """Top-level names that a file imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("name", FILES)
def test_imports_point_one_way(name: str) -> None:
    package = name.split("/")[0]
    if package in OUTSIDE:
        return
    later = set(ORDER[ORDER.index(package) + 1 :]) | set(OUTSIDE)
    assert not imported_by(FILES[name]) & later


@pytest.mark.parametrize("name", [n for n in FILES if not n.startswith("training/")])
def test_each_heavy_library_has_one_door(name: str) -> None:
    heavy = imported_by(FILES[name]) & DOORS.keys()
    assert {library for library in heavy if name not in DOORS[library]} == set()


@pytest.mark.parametrize("name", FILES)
def test_each_file_says_what_it_is(name: str) -> None:
    tree = ast.parse(FILES[name].read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)


def test_the_readme_tree_is_the_real_tree() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (tree,) = re.findall(r"```tree\n(.*?)```", readme, flags=re.DOTALL)
    listed = {line.split()[0].rstrip("/") for line in tree.splitlines() if line.strip()}
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    real = {name.split("/")[0] for name in tracked}
    assert listed == {name for name in real if not name.startswith(".")}


@pytest.mark.parametrize("arguments", [["--help"], ["index", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys; from kommunesvar.__main__ import main; main(sys.argv[1:]);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'faiss', 'numpy',"
        " 'fastapi', 'pydantic') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip().endswith("[]")
