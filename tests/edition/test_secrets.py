"""A comparison of public editions gives no firm away: neither one that came nor one that left nor its figures."""

from pathlib import Path

import pytest

from secret_data import PUBLIC_FIRM, list_secrets, write_secret_data_set
from small_data import write_small_data_set
from zonebook.edition import name_subjects, read_brand, write_listing, write_page, write_text
from zonebook.editions import compare_paths
from zonebook.metrics.registry import read_catalogue
from zonebook.page.locale import get_locale
from zonebook.parameters import Parameters


def test_no_planted_secret_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    old, new = write_small_data_set(tmp_path / "old"), write_secret_data_set(tmp_path / "new")
    comparison = compare_paths(old, new)
    naming = name_subjects(comparison, get_locale("ru"), read_catalogue())
    listing = write_listing(comparison, naming)
    told = (
        listing
        + write_page(comparison, naming, "d.csv", read_brand(Parameters(), Path(), "ru"))
        + write_text(comparison, naming)
    )
    assert PUBLIC_FIRM in told
    assert [secret for secret in list_secrets() if secret in told] == []
