"""A report as text. (filled in next)"""

from samples.blocks import Report


def to_text(report: Report) -> str:
    """Flattened text."""
    return report.title


def to_markdown(report: Report) -> str:
    """Markdown."""
    return report.title
