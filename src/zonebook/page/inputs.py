"""What a page counts and draws from its whole share: nothing of it is printed row by row, nobody in it is named."""

from __future__ import annotations

from zonebook.metrics.part_network import YearNetworks, read_networks
from zonebook.metrics.register_ties import read_register
from zonebook.metrics.scope import Scope
from zonebook.page.context import PageContext


def find_scope(here: PageContext) -> Scope:
    """Return the page's zone, region or country with the whole share that its metric rows are computed from."""
    settings = here.options.settings.in_force
    return here.remember_fact("scope", lambda: Scope(here.inputs or here.share, here.year, settings))


def find_network(here: PageContext) -> YearNetworks | None:
    """Return the network of the register's last year; ``None`` without a register."""
    years = read_networks(find_scope(here))
    return years[-1] if years else None


def has_register(here: PageContext) -> bool:
    """Whether there is a register of ties, and not only what became public."""
    return bool(read_register(find_scope(here)))
