"""Two editions of a report side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from zonebook.edition.cause import find_parameter_changes, find_table_changes, name_causes
from zonebook.edition.change import join_changes
from zonebook.edition.records import compare_places, compare_tables
from zonebook.edition.values import compare_rows
from zonebook.metrics.registry import Catalogue
from zonebook.metrics.result import Evidence
from zonebook.settings import INTERNAL, PUBLIC, MetricSettings
from zonebook.tables.publication import publish_share
from zonebook.tables.share import REGION, ZONE, Share

_PARTY = "party"


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """What is known of an edition.

    Attributes
    ----------
    name
        What it is called: the name of its folder or file.
    share
        All its tables.
    metrics
        Its metric rows.
    settings
        Thresholds of its metrics, and whether it is a public or an internal edition.
    values
        All its parameters, as plain values.
    version
        Version of the program that made it.
    zones, regions
        Ids of the zones and regions it knows.
    """

    name: str
    share: Share
    metrics: pd.DataFrame
    settings: MetricSettings
    values: Mapping[str, Any]
    version: str
    zones: tuple[str, ...]
    regions: tuple[str, ...]

    @property
    def is_internal(self) -> bool:
        """Whether it is for official use only."""
        return self.settings.publish == INTERNAL

    @property
    def is_demonstration(self) -> bool:
        """Whether any of its rows rests on generated data."""
        return bool((self.metrics["evidence"] == Evidence.DEMONSTRATION.value).any())


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What changed from one edition to the next.

    Attributes
    ----------
    old, new
        The editions' names and versions.
    changes
        One row a change (:mod:`zonebook.edition.change`), the most important first.
    parameters
        The parameters that figures depend on and that differ, each with both values.
    shares
        The tables of both editions as they may be shown: names are taken from them.
    is_internal, is_demonstration
        What has to be said of it.
    """

    old: tuple[str, str]
    new: tuple[str, str]
    changes: pd.DataFrame
    parameters: Mapping[str, tuple[Any, Any]] = field(hash=False)
    shares: tuple[Share, Share]
    is_internal: bool
    is_demonstration: bool

    @property
    def is_other_version(self) -> bool:
        """Whether two versions of the program made the editions."""
        return self.old[1] != self.new[1]


def compare_editions(old: Edition, new: Edition, catalogue: Catalogue) -> Comparison:
    """Return what changed from one edition to the next.

    Of single firms it tells what both editions may: where one of them is public, what is public.
    """
    is_public, secret = not (old.is_internal and new.is_internal), _find_secret(old.share) | _find_secret(new.share)
    published = [_publish(edition, secret, is_public=is_public) for edition in (old, new)]
    shares = published[0], published[1]
    parameters = find_parameter_changes(old.values, new.values)
    is_other_version = old.version != new.version
    rows = name_causes(
        compare_rows(old.metrics, new.metrics),
        catalogue,
        find_table_changes(old.share, new.share),
        parameters,
        is_other_version=is_other_version,
    )
    places = [compare_places(old.zones, new.zones, ZONE), compare_places(old.regions, new.regions, REGION)]
    return Comparison(
        old=(old.name, old.version),
        new=(new.name, new.version),
        changes=join_changes([*places, rows, *compare_tables(*shares)]),
        parameters=parameters,
        shares=shares,
        is_internal=old.is_internal or new.is_internal,
        is_demonstration=old.is_demonstration or new.is_demonstration,
    )


def _find_secret(share: Share) -> frozenset[str]:
    parties = share.table(_PARTY)
    return frozenset(parties.loc[parties["confidential"].fillna(value=False).astype(bool), "party_id"])


def _publish(edition: Edition, secret: frozenset[str], *, is_public: bool) -> Share:
    """Return the tables of an edition as the comparison may tell of them.

    A party that either edition calls confidential is so in both: what the earlier one still named is not named again.
    """
    parties = edition.share.table(_PARTY)
    marked = parties.assign(confidential=parties["party_id"].isin(secret).astype(parties["confidential"].dtype))
    share = edition.share.with_tables({_PARTY: marked})
    return publish_share(share, replace(edition.settings, publish=PUBLIC) if is_public else edition.settings)
