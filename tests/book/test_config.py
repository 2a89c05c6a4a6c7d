"""The configuration: the project's own file, which stock Jupyter Book takes, and which shapes the site."""

from pathlib import Path
from typing import Any

import pytest
from jupyter_book.config import get_final_config, validate_yaml

from zonebook.book.config import expand_config, read_config, write_config
from zonebook.errors import BookError
from zonebook.page.locale import get_locale
from zonebook.parameters import Parameters

ROOT = Path(__file__).parents[2]


def expand(config: dict[str, Any] | None = None, lang: str = "ru", **parameters: Any) -> dict[str, Any]:
    read = dict(read_config(ROOT / "_config.yml")) if config is None else config
    return expand_config(read, get_locale(lang), Parameters(**parameters), {"digest": "1"})


def test_jupyter_book_finds_nothing_wrong_with_the_file_or_with_what_becomes_of_it() -> None:
    validate_yaml(dict(read_config(ROOT / "_config.yml")), raise_on_errors=True)
    validate_yaml(expand(site_url="https://example.org"), raise_on_errors=True)


def test_words_are_translated_and_nothing_else() -> None:
    expanded = expand()
    options = expanded["sphinx"]["config"]["html_theme_options"]
    assert expanded["title"] == "Особые экономические зоны: промышленная кооперация"
    assert options["search_bar_text"] == "Поиск по отчёту"
    assert options["pygments_light_style"] == "a11y-high-contrast-light"
    assert expanded["html"]["announcement"] == ""
    assert expanded["sphinx"]["config"]["language"] == "ru"


def test_an_edited_title_announcement_or_theme_option_reaches_the_book() -> None:
    read = dict(read_config(ROOT / "_config.yml"))
    read["title"] = "My zones"
    read["html"] = {**read["html"], "announcement": "Draft"}
    config = {**read["sphinx"]["config"], "html_theme_options": {"show_toc_level": 3}}
    expanded = expand({**read, "sphinx": {"config": config}}, lang="en")
    assert expanded["title"] == "My zones"
    assert expanded["sphinx"]["config"]["project"] == "My zones"
    assert expanded["html"]["announcement"] == "Draft"
    assert expanded["sphinx"]["config"]["html_theme_options"]["show_toc_level"] == 3


@pytest.mark.parametrize("execute", [None, {"execute_notebooks": "cache", "stderr_output": "remove"}])
def test_no_notebook_is_executed_again_whatever_the_projects_file_says(execute: dict[str, str] | None) -> None:
    expanded = expand({"title": "My zones", "execute": execute}, lang="en")
    assert expanded["execute"] == {**(execute or {}), "execute_notebooks": "off"}


def test_publisher_and_address_come_from_the_parameters() -> None:
    expanded = expand(publisher="City", site_url="https://example.org/sez/")
    assert expanded["author"] == "City"
    assert expanded["html"]["baseurl"] == "https://example.org/sez/ru/"
    assert "baseurl" not in expand()["html"]


def test_no_default_of_jupyter_book_leaks_into_the_site(tmp_path: Path) -> None:
    path = tmp_path / "_config.yml"
    path.write_text(write_config(expand()), encoding="utf-8")
    final, _ = get_final_config(user_yaml=path, cli_config={"latex_individualpages": False}, sourcedir=tmp_path)
    assert "sphinx_thebe" not in final["extensions"]
    assert final["nb_execution_mode"] == "off"
    assert "executablebooks" not in str(final)
    assert "2023" not in str(final["copyright"])
    assert not {"dollarmath", "substitution", "linkify"} & set(final["myst_enable_extensions"])
    buttons = {name: value for name, value in final["html_theme_options"].items() if name.endswith("_button")}
    assert not any(buttons.values())


def test_the_projects_file_is_not_changed_by_expanding_it() -> None:
    read = dict(read_config(ROOT / "_config.yml"))
    before = write_config(read)
    expand(read)
    assert write_config(read) == before


@pytest.mark.parametrize("text", ["", "- a", "author: x", "title: ["])
def test_a_file_that_is_no_configuration_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "_config.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BookError, match=r"_config\.yml"):
        read_config(path)
