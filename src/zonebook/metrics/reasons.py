"""The sentences of a result's ``reason``: written once, so that a page can translate them word for word.

A reason is one or more sentences joined by ``"; "``. Each is made from a template below by
:func:`state`; :func:`read_reason` takes a reason apart again into templates and fields, for a
page to put each into its own language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from zonebook.errors import MetricError

SEPARATOR = "; "


class Reason(StrEnum):
    """Why there is no value, or how a value is to be read. Fields in braces are filled by :func:`state`."""

    # nothing to compute from
    NO_TABLE = "the data set has no table {table}"
    NO_ROWS = "table {table} has no rows for this"
    NO_FIGURE = "table zone_year has no figure {indicator} for this"
    ONLY_PART_OF_ZONES = "{indicator} is known for {known} of {total} zones at most, and a sum needs all of them"
    NO_AGGREGATE = "no total for the country is given, and zones are not added up to one"
    ONLY_CUMULATIVE = "only sums since foundation are given"
    NO_COMMON_PERIOD = "{indicator} and {second_indicator} are not given for the same period"
    NO_REPORTED_TIE = "no tie of this kind is reported"
    NO_COORDINATES = "no tie has coordinates at both ends"
    NO_TARGET = "table target has no rows for this"
    NO_SERIES = "no figure of {indicator} comparable with the target"
    NO_BASE = "no earlier comparable figure of {indicator}, and the target names no base"
    NO_LATER_FIGURE = "no figure later than the base of {base_year}"
    NO_EARLIER_FIGURE = "no earlier figure of the same kind to compare with"
    NO_DEFINITION = "the formula has no value for these figures"
    NEEDS_REGISTER = "needs a register of ties"
    TIES_ARE_SAMPLE = "reported ties are a sample"
    NO_RESIDENTS = "no resident is listed"
    NO_CLUSTER = "no resident is assigned to a cluster"
    NO_STAGE = "fewer than two residents have one stage of a chain each"
    NO_VALUE = "no tie of this kind has a value"
    NO_TOTAL = "the firms' own totals are not known"
    OPEN_ROUND = "the purchases of a local seller are not known"
    COARSE_CLASSES = "needs industry classes of more than two digits"
    NO_REGION_COORDINATES = "no pair of regions has coordinates at both ends"
    # undefined
    GAP = "no figure for {year}, the last one before is of {earlier_year}"
    NOT_POSITIVE = "growth needs figures above zero"
    NO_DENOMINATOR = "division by zero"
    PERIMETERS_DIFFER = "exports exceed revenue: the two figures do not cover the same firms"
    TARGET_IS_BASE = "the target equals the base"
    PATH_NOT_REACHED = "the required path does not pass through this figure"
    NOTHING_EXPECTED = "nothing is expected here"
    TOO_FEW_PARTIES = "fewer than {minimum} residents"
    NO_TIE_INSIDE = "no tie between residents"
    NO_DIRECTED_TIE = "no tie with a direction between residents"
    NO_TRIPLE = "no resident has two partners"
    ONE_CLASS = "all ties are in one group"
    NO_PATH = "no resident stands between two others"
    NO_TIE = "no tie counts for this"
    EXCEEDS_TOTAL = "local amounts exceed a firm's own total: the two do not cover the same"
    ONE_FIRM = "one firm or one region only"
    NO_EMPLOYEES = "nobody is employed here"
    # not applicable
    NO_TARGET_YEAR = "the target names no year: only attainment is judged"
    INTENTION = "{indicator} is what is intended, not what is reached"
    TARGET_IS_PAST = "the target year is past: only attainment is judged"
    ONE_VINTAGE = "no figure was given more than once"
    NO_WHOLE = "no shares of a whole are shown here"
    FEW_PAIRS = "fewer than {minimum} pairs of regions: described only, not modelled"
    NOT_FITTED = "the model has no solution for these flows"
    FEW_PEERS = "fewer than {minimum} peers"
    ONE_STAGE = "a chain of one stage has no links"
    ONE_ZONE = "ties between zones need two zones"
    # too few
    LOW_N = "only {count} to go by"
    # suppressed
    TOO_FEW_FIRMS = "fewer than {minimum} firms"
    TOO_FEW_EXPORTERS = "fewer than {minimum} exporters among {total} firms"
    # how to read a value
    AS_REPORTED = "as reported by the source"
    SOURCES_DISAGREE = "sources disagree"
    SUM_OF_ZONES = "sum of {total} zones"
    SINCE_FOUNDATION = "since foundation"
    DIFFERENCED = "difference of sums since foundation at the end of {earlier_year} and of {year}"
    REVISION = "a negative difference is a revision"
    FALLEN = "below an earlier sum since foundation: a revision, or not the same firms"
    DIRECTION_UNCERTAIN = "direction not certain"
    BETWEEN_YEARS = "{earlier_year} to {year}"
    ENDPOINTS = "two figures only"
    POINTS = "{points} figures"
    AT_RATE = "at the mean rate of the year, {rate} RUB"
    AT_PRICES = "in prices of 2020, series {deflator}"
    FROM_REGISTER = "from the firms' own figures"
    REPORTED_TIES = "reported ties, lower bound"
    REPORTED_SAMPLE = "reported ties, a sample"
    FROM_FLOWS = "from export flows by country"
    BY_COUNT = "weighted by the number of ties"
    BY_VALUE = "weighted by value"
    BY_COUNTRIES = "by number of countries"
    COUNTS_COUNTRIES = "counts partner countries, each once"
    COUNTS_PARTIES = "counts partners named"
    WITHOUT_REGION = "ties left out, without a region: {left_out}"
    WITHOUT_COUNTRY = "ties left out, without a country: {left_out}"
    WITHOUT_COORDINATES = "ties left out, without coordinates: {left_out}"
    APPROXIMATE = "approximate: ties placed at the centre of a region, {approximate} of {ties}"
    OF_REGIONS = "of {total} other regions"
    INDICATOR = "indicator: {indicator}"
    INDUSTRY = "industry: {industry}"
    TARGET = "target of {target_year}"
    FIGURE_OF = "figure of {year}"
    BASE_OF = "base of {base_year}"
    RECENT_YEARS = "recent growth, {earlier_year} to {year}"
    CLASS = "class: {progress}"
    TARGET_MET = "target met"
    INTERVAL_OPEN = "the figure's interval reaches beyond the path"
    BEHIND_IS_NEGATIVE = "minus: behind the required path"
    NO_PROBABILITIES = "a straight scenario without probabilities"
    BAND = "{points} figures, band of {percent} %"
    CELLS_FILLED = "{present} of {expected} cells filled"
    MISSING_YEARS = "years without a figure: {years_missing}"
    OF_FIGURES = "{count} of {total} figures"
    PRESS_LEFT_OUT = "ties left out, known from publications only: {left_out}"
    NO_ANSWER = "did not answer: {silent} of {total}"
    WITHOUT_CLUSTER = "residents without a cluster: {unassigned}"
    WITHOUT_VALUE = "ties left out, without a value: {left_out}"
    WITHOUT_TOTAL = "firms left out, without a total of their own: {left_out}"
    COVERS_ALL = "firms with no more than {k} partners, counted as 1: {count} of {total}"
    WITHOUT_PARTNER_PLACE = "left out, partners of unknown place: {percent} %"
    SAMPLED_PATHS = "from shortest paths of {pivots} residents, drawn with seed {seed}"
    BY_PARTNERS = "in the order of the number of partners"
    DRAWS = "{draws} draws, seed {seed}"
    OVER_PARTIES = "over {count} residents with ties"
    STANDARD_ERROR = "95 % interval from standard errors clustered by origin and destination"
    HC1_ERROR = "95 % interval from robust standard errors"
    FROM_TIES = "from the ties of zones' residents, pairs without a tie as zeros"
    SEPARATED = "pairs left out, a region sends or receives nothing: {left_out}"
    WITHOUT_DISTANCE = "pairs left out, without coordinates: {left_out}"
    SPECIALISATION_ONLY = "fewer than {minimum} peers: only specialisation is judged"
    OF_PEERS = "among {peers} peers"
    AT_ALPHA = "at the level {alpha}"
    MODEL_TABLE = "inter-regional tables are modelled, not official statistics"
    WITHOUT_OUTPUT = "sectors without output: {count}"
    NEW_INDUSTRIES = "new industries, counted as regional: {count}"
    PLACE = "where: {region}"
    ROUNDED_WHOLE = "{count} of {total} shares rounded away from the nearest to add up to 100 %"


def state(reason: Reason, /, **fields: object) -> str:
    """Return a sentence with its fields filled in.

    Raises
    ------
    MetricError
        Where a field is left out, unknown, or holds the separator of sentences.

    Examples
    --------
    >>> state(Reason.BETWEEN_YEARS, earlier_year=2019, year=2024)
    '2019 to 2024'
    """
    wanted = set(re.findall(r"{(\w+)}", reason.value))
    if wanted != set(fields):
        raise MetricError(f"reason {reason.name} takes the fields {sorted(wanted)}, got {sorted(fields)}")
    if any(SEPARATOR in str(value) for value in fields.values()):
        raise MetricError(f"a field of a reason must not hold {SEPARATOR!r}, got {fields}")
    return reason.value.format(**fields)


def join_reasons(sentences: Iterable[str]) -> str:
    """Return sentences as one reason, each once, in the order given; empty ones are left out."""
    return SEPARATOR.join(dict.fromkeys(sentence for sentence in sentences if sentence))


def _field_pattern(field: re.Match[str]) -> str:
    return rf"(?P<{field[1]}>{'[0-9]{4}' if field[1].endswith('year') else '.+?'})"


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    # Templates with more fixed text first: "{earlier_year} to {year}" would take in much else.
    for template in sorted((reason.value for reason in Reason), key=lambda text: len(re.sub(r"{\w+}", "", text))):
        pattern = re.sub(r"\\{(\w+)\\}", _field_pattern, re.escape(template))
        found.append((template, re.compile(pattern)))
    return tuple(reversed(found))


def read_reason(text: str) -> tuple[tuple[str, dict[str, str]], ...]:
    """Return the sentences of a reason as pairs of template and fields, to be translated.

    A sentence that has no template (one of a user's own metric) is its own template.

    Examples
    --------
    >>> read_reason("sources disagree; ties left out, without a region: 3")
    (('sources disagree', {}), ('ties left out, without a region: {left_out}', {'left_out': '3'}))
    """
    sentences = []
    for sentence in filter(None, text.split(SEPARATOR)):
        for template, pattern in _patterns():
            match = pattern.fullmatch(sentence)
            if match:
                sentences.append((template, match.groupdict()))
                break
        else:
            sentences.append((sentence, {}))
    return tuple(sentences)
