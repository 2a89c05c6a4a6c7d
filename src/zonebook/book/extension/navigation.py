"""The list of zones and regions, given once for all pages: the theme would write it into each of them.

The staged book has it as JSON. It becomes one script that the pages share; of each page only the group
it belongs to is marked, so that a reader without scripts sees where the page is, too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_SCRIPT = "zonebook-navigation.js"


class Navigation:
    """The groups of pages of a book."""

    def __init__(self) -> None:
        self._text = "[]"
        self._groups: Mapping[str, str] = {}

    def read(self, app: Sphinx) -> None:
        """Read the groups of the book that is being built."""
        self._text = (Path(app.srcdir) / app.config.zonebook_navigation).read_text(encoding="utf-8").strip()
        self._groups = {
            target: group["target"]
            for group in json.loads(self._text)
            for target, _ in (*group["zones"], *group["regions"])
        }

    def mark_group(
        self, _app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
    ) -> None:
        """Tell the templates which group a page belongs to."""
        context["zonebook"] = {**context["zonebook"], "group": self._groups.get(page, "")}

    def write(self, app: Sphinx, error: Exception | None) -> None:
        """Write the script that the pages share."""
        if error is None and app.builder.format == "html":
            script = Path(app.outdir) / "_static" / _SCRIPT
            script.write_text(f"window.zonebookNavigation={self._text};\n", encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Have the list given once."""
    app.add_config_value("zonebook_navigation", "", "")
    navigation = Navigation()
    app.connect("builder-inited", navigation.read)
    app.connect("html-page-context", navigation.mark_group)
    app.connect("build-finished", navigation.write)
