"""The configuration of a book in one language, from the project's own ``_config.yml``."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from zonebook.errors import BookError
from zonebook.page.locale import Locale
from zonebook.parameters import Parameters

TEMPLATES = "_templates"
ASSETS = "_assets"
# The Sphinx extension of the staged book: the folder it is found in, and its name.
EXTENSIONS, EXTENSION = "_extensions", "zonebook_site"
# The list of zones and regions that all pages share.
NAVIGATION = "_navigation.json"
# Where the file holds words that readers see, as paths of keys.
_WORDS = (
    ("title",),
    ("html", "announcement"),
    ("html", "extra_footer"),
    ("sphinx", "config", "html_theme_options", "search_bar_text"),
    ("sphinx", "config", "html_theme_options", "toc_title"),
    ("sphinx", "config", "nb_code_prompt_show"),
    ("sphinx", "config", "nb_code_prompt_hide"),
)


def read_config(path: Path) -> Mapping[str, Any]:
    """Return the project's Jupyter Book configuration as it stands in the file.

    Raises
    ------
    BookError
        Where it is missing or not a list of settings.
    """
    try:
        config = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise BookError(f"cannot be read: {error}", place=str(path)) from error
    if not isinstance(config, dict) or not config.get("title"):
        raise BookError("is not a Jupyter Book configuration.", place=str(path), remedy="It begins with title:.")
    return config


def expand_config(
    config: Mapping[str, Any], locale: Locale, parameters: Parameters, context: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the configuration of the book in one language.

    Parameters
    ----------
    config
        The project's configuration; its settings stay, its words are translated.
    locale
        Language of the book.
    parameters
        The report's parameters: publisher and public address.
    context
        What the templates of the page frame are filled with.
    """
    expanded = copy.deepcopy(dict(config))
    for keys in _WORDS:
        _translate(expanded, keys, locale)
    expanded["author"] = parameters.publisher
    # Whatever the project's own file says: the notebooks have been executed, and none of the executors is imported.
    expanded["execute"] = {**(expanded.get("execute") or {}), "execute_notebooks": "off"}
    # At the root of the project only the pages of _toc.yml are the book's; in the staged folder all are.
    expanded["only_build_toc_files"] = False
    expanded["exclude_patterns"] = []
    if parameters.site_url:
        expanded.setdefault("html", {})["baseurl"] = f"{parameters.site_url.rstrip('/')}/{locale.lang}/"
    expanded.setdefault("sphinx", {})["local_extensions"] = {EXTENSION: EXTENSIONS}
    sphinx = expanded["sphinx"].setdefault("config", {})
    sphinx |= {
        "extensions": [*sphinx.get("extensions", ()), EXTENSION],
        "language": locale.lang,
        "project": expanded["title"],
        "templates_path": [TEMPLATES],
        "html_static_path": [ASSETS],
        "zonebook_navigation": NAVIGATION,
        "html_sidebars": {"**": ["zonebook-sidebar.html"]},
        "html_context": {"default_mode": "auto", "zonebook": dict(context)},
    }
    # Templates of the staged book; the project's own file must do without them.
    sphinx["html_theme_options"] = {
        **sphinx.get("html_theme_options", {}),
        "article_header_start": ["toggle-primary-sidebar.html", "zonebook-languages.html"],
        "footer_content_items": ["zonebook-footer.html", "extra-footer.html"],
    }
    return expanded


def write_config(config: Mapping[str, Any]) -> str:
    """Return the text of ``_config.yml``."""
    return yaml.dump(dict(config), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)


def _translate(config: dict[str, Any], keys: tuple[str, ...], locale: Locale) -> None:
    node: Any = config
    for key in keys[:-1]:
        node = node.get(key) if isinstance(node, dict) else None
    if isinstance(node, dict) and isinstance(node.get(keys[-1]), str) and node[keys[-1]]:
        node[keys[-1]] = locale.text(node[keys[-1]])
