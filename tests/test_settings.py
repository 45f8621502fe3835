"""Where a setting's value comes from, and what a mistake says."""

from pathlib import Path

import pytest

from figures.errors import UsageError
from kommunesvar.settings import Settings, load_settings

DOCS = Path(__file__).parent.parent / "docs" / "settings.md"


def settle(tmp_path: Path, toml: str = "", **environment: str) -> Settings:
    file = tmp_path / "kommunesvar.toml"
    file.write_text(toml, encoding="utf-8")
    named = {f"KOMMUNESVAR_{name}": value for name, value in environment.items()}
    return load_settings(environment=named, file=file)


def test_the_environment_goes_before_the_file_and_flags_before_both(tmp_path: Path) -> None:
    assert settle(tmp_path, "port = 1").port == 1
    assert settle(tmp_path, "port = 1", PORT="2").port == 2
    file = tmp_path / "kommunesvar.toml"
    settings = load_settings(flags={"port": 3, "host": None}, environment={}, file=file)
    assert (settings.port, settings.host) == (3, "127.0.0.1")


def test_an_unknown_name_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'embeder'.*'embedder'"):
        settle(tmp_path, 'embeder = "x"')
    with pytest.raises(UsageError, match=r"KOMMUNESVAR_PROT.*KOMMUNESVAR_PORT"):
        settle(tmp_path, PROT="8001")


def test_a_value_of_the_wrong_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="port = 'many'"):
        settle(tmp_path, PORT="many")
    with pytest.raises(UsageError, match="public = 'maybe'"):
        settle(tmp_path, PUBLIC="maybe")
    with pytest.raises(UsageError, match="not valid TOML"):
        settle(tmp_path, "port =")


def test_every_setting_stands_in_the_documentation() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name in Settings.__dataclass_fields__:
        assert f"| `{name}` | `KOMMUNESVAR_{name.upper()}` |" in text
