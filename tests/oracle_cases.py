"""Published and peer-computed cases that lie beside the repository, not in it."""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "oracles"


def read_case(name: str) -> dict[str, Any]:
    """Return an oracle, or skip the test where the oracles are not at hand."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        pytest.skip(f"the oracle {name} is not beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))
