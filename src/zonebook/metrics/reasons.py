"""The sentences of a result's ``reason``: written once, so that a page can translate them word for word.

A reason is one or more sentences joined by ``"; "``. Each is made from a template below by
:func:`state`; :func:`read_reason` takes a reason apart again into templates and fields, for a
page to put each into its own language.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache

from zonebook.errors import MetricError
from zonebook.metrics.templates import Template

SEPARATOR = "; "
_KEPT = 4096  # reasons read
_read_template = cache(Template.of)


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
    NO_HOME_REGION = "the zone's region is not known"
    NO_REGION_COORDINATES = "no pair of regions has coordinates at both ends"
    NO_INDICATOR = "no indicator of the index is known"
    NO_INDICATOR_FIGURE = "no figure of this indicator for the year"
    NO_INDEX = "no zone has a cooperation index made from a register"
    FLOWS_ARE_SAMPLE = "export flows known from the press are a sample"
    FLOWS_OF_PART = "export flows are known for {known} of {total} zones at most, and a sum needs all of them"
    NEEDS_IMPORTS = "needs rows of world_trade with flow = import"
    NEEDS_RATE = "needs the mean rate of the dollar, table fx"
    NO_PRODUCTS = "export flows have no product codes"
    NEEDS_PRODUCTS = "needs product codes of the Harmonized System in export_flow"
    NEEDS_FOUR_DIGITS = "needs product codes of at least four digits"
    NEEDS_YEARS = "needs export flows of {years} years running"
    NO_COMMON_PRODUCT = "no product code of export_flow is found in world_trade"
    NO_COMMON_YEAR = "export_flow and world_trade have no year in common"
    NO_COMMON_YEARS = "export_flow and world_trade have no two years running in common"
    NO_COUNTRY = "table {table} has no rows of the country at the same level"
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
    LEDGER_EXCEEDS = "the register of ties holds more than the firms' own totals"
    NO_DIRECTED_TIE = "no tie with a direction between residents"
    NO_TRIPLE = "no resident has two partners"
    ONE_CLASS = "all ties are in one group"
    NO_PATH = "no resident stands between two others"
    NO_TIE = "no tie counts for this"
    EXCEEDS_TOTAL = "local amounts exceed a firm's own total: the two do not cover the same"
    ONE_FIRM = "one firm or one region only"
    NO_EMPLOYEES = "nobody is employed here"
    NO_SPREAD = "all residents have as many ties inside the zone"
    NO_FLOW = "no flow with another region"
    NO_OUTPUT = "table io_table has no rows of {name} for a sector"
    USES_MORE = "the input-output table uses up more than it makes"
    NO_SCALE = "the values that score 0 and 100 are one"
    LEVEL_INCOMPLETE = "too few indicators of the level"
    LEVELS_INCOMPLETE = "levels with too few indicators: {count} of {total}"
    FEW_RANKED = "fewer than {minimum} zones: no rank is printed"
    WIDE_RANK = "the rank lies between {lower} and {upper} of {total}, too wide to be printed"
    CIRCLE = "majorities go in a circle: no ranking"
    LACKS_CRITERIA = "lacks an indicator that most zones have"
    ALL_ALIKE = "all zones share one rank"
    NO_SHIFT = "no choice moves a rank"
    NO_COMPONENT = "needs more zones than indicators, and none the same in all zones"
    NO_EXPORTS = "there are no exports"
    ONE_PARTNER = "one country or one product only"
    NOTHING_CHANGED = "the sum did not change"
    NO_SPELL = "no exports to a further country began in these years"
    NOT_HALVED = "more than half go on beyond the years seen"
    NO_ADVANTAGE = "no product has an advantage"
    NO_OPENING = "every product has an advantage"
    NO_COMPLEXITY = "the trade of these countries does not tell products apart"
    NO_BLOC_IMPORTS = "the bloc imports nothing"
    NO_POTENTIAL = "nothing is expected in these markets"
    EXCEEDS_COUNTRY = "more are employed in an industry here than in the country: the two do not cover the same"
    NOBODY_SUPPORTED = "nobody is supported here"
    NO_BEFORE_AND_AFTER = "no supported firm is seen both before and after its support"
    # not applicable
    NO_TARGET_YEAR = "the target names no year: only attainment is judged"
    INTENTION = "{indicator} is what is intended, not what is reached"
    TARGET_IS_PAST = "the target year is past: only attainment is judged"
    ONE_VINTAGE = "no figure was given more than once"
    NO_WHOLE = "no shares of a whole are shown here"
    FEW_PAIRS = "fewer than {minimum} pairs of regions: described only, not modelled"
    NOT_FITTED = "the model has no solution for these flows"
    NOT_IDENTIFIED = "the flows do not tell this effect apart from those of the regions"
    FEW_PEERS = "fewer than {minimum} peers"
    ONE_STAGE = "a chain of one stage has no links"
    LARGE_NETWORK = "not sought among more than {maximum} residents"
    ONE_ZONE = "ties between zones need two zones"
    ONE_RANKED = "a rank needs two zones"
    NEEDS_PEERS = "needs all zones and regions at once: see the rows the country gives for them"
    NO_PEERS = "a country has no peers here: see the rows of its zones, clusters and regions"
    NO_COMPARISON = "no supported firm is seen before and after its support beside one without support"
    NO_PRE_TREND = "whether supported firms moved like others before their support cannot be tested"
    # too few
    LOW_N = "only {count} to go by"
    # suppressed
    TOO_FEW_FIRMS = "fewer than {minimum} firms"
    TOO_FEW_EXPORTERS = "fewer than {minimum} exporters among {total} firms"
    OTHER_HIDDEN = "hidden so that another industry cannot be worked out"
    # how to read a value
    LEVELLED = "withheld figures count with their mean: {count}"
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
    FLOWS_WITHOUT_VALUE = "export flows left out, without a value: {left_out}"
    OF_WHOLE_REGION = "exports of the whole region, not of its zones alone"
    WITHOUT_EXPORTS = "left out, without exports: {left_out}"
    WITHOUT_PRODUCT = "left out, exports without a comparable product code: {percent} %"
    BY_CODES = "products told apart by codes of {scheme}"
    AT_DIGITS = "products told apart by {digits} digits"
    BELOW_NOISE = "less than {percent} % of world trade in the product: one consignment may decide"
    PRODUCT = "product: {product}"
    PRODUCTS_HIDDEN = "products of fewer than {minimum} firms, not shown: {left_out}"
    CELLS_OF_FIRMS = "by firm, country and product"
    CELLS_OF_PRODUCTS = "by country and product"
    CELLS_OF_COUNTRIES = "by country"
    CELLS_OF_FIRMS_ONLY = "by firm and country"
    PRODUCTS_FIRST = "products first, then markets"
    MARKETS_FIRST = "markets first, then products"
    SPELLS = "{count} spells of exports to a country, {ended} of them ended"
    ESTIMATED = "95 % interval of the estimate"
    GAP_FILLED = "gaps filled, of no more years than {years}"
    HOME_IN_BLOC = "imports of the bloc and of the world hold the home country's own"
    HOME_LEFT_OUT = "without the home country's own imports"
    COUNTS_ITSELF = "the product itself counts among those near it"
    NOT_ITSELF = "the product itself does not count among those near it"
    NOT_PROJECTED = "from figures of the year, not projected"
    WITHOUT_TARIFFS = "tariffs are not known and not taken into account"
    EASE_ASSUMED = "ease of reaching these markets taken to be 1"
    COARSE_CODES = "the upper bound takes in codes too coarse to tell"
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
    ZONES_LEFT_OUT = "zones left out, without a register of ties: {left_out} of {total}"
    NO_ANSWER = "did not answer: {silent} of {total}"
    SILENT_TIED = "upper bound: those who did not answer have every tie they may have"
    EDGEWISE = "share of ties that are returned"
    DYADIC = "share of connected pairs tied both ways"
    AT_RANDOM = "what ties drawn at random would give"
    LONE_AS_ZERO = "residents with fewer than two partners, counted as 0: {count} of {total}"
    FOUND_GROUPS = "groups found by the Louvain method, seed {seed}"
    WITHOUT_STAGE = "residents left out, without a stage or with several: {left_out}"
    EQUAL_AT_CUT = "equal at the cut, residents in all: {count}"
    BY_TURNOVER = "in the order of turnover"
    WITHOUT_TURNOVER = "residents of unknown turnover, last in the order: {count}"
    RANDOM_LOSS = "in random order: median of {draws} draws, bounds from 5 to 95 % of them, seed {seed}"
    WITHOUT_CLUSTER = "residents without a cluster: {unassigned}"
    WITHOUT_VALUE = "ties left out, without a value: {left_out}"
    WITHOUT_TOTAL = "firms left out, without a total of their own: {left_out}"
    REGISTER_OF_ZONES = "zones with such ties in the register: {count} of {total}"
    OF_FIRMS = "of {total} firms"
    OF_PURCHASES = "of all purchases as the firms state them"
    OF_REVENUE = "of all revenue as the firms state it"
    OF_LEDGER = "of what the register of ties holds"
    REACHES_LINE = "at or above the line of {percent} %"
    BETWEEN_LINES = "between the lines of {lower_percent} % and {percent} %"
    BELOW_LINE = "below the line of {percent} %"
    ACROSS_LINE = "its bounds lie on both sides of a line"
    ABOVE_HHI = "share of firms above {line}"
    LARGEST_PARTNERS = "the {k} largest partners of each firm"
    SINGLE_PARTNER = "firms left out, with a single partner: {left_out}"
    RETURNS_EXCEED = "firms left out, returns exceed deliveries: {left_out}"
    STAGES_MISSING = "missing: {stages}"
    STAGES_UNKNOWN = "not known: {stages}"
    STAGES_OPEN = "without a tie to the next stage: {stages}"
    STAGES_IN_HOUSE = "one party does it and the next stage: {stages}"
    STAGES_REPORTED = "stages as reported, lower bound"
    STAGE_MISSING_IN = "{stages} missing in {count} of {total} chains"
    COVERS_ALL = "firms with no more than {k} partners, counted as 1: {count} of {total}"
    SAMPLED_PATHS = "from shortest paths of {pivots} residents, drawn with seed {seed}"
    BY_PARTNERS = "in the order of the number of partners"
    DRAWS = "{draws} draws, seed {seed}"
    OVER_PARTIES = "over {count} residents with ties"
    STANDARD_ERROR = "95 % interval from standard errors clustered by origin and destination"
    HC1_ERROR = "95 % interval from robust standard errors"
    FROM_TIES = "from the ties of zones' residents"
    DRAWN_RANGE = "mean and 5 to 95 % range of {draws} draws of labels, seed {seed}"
    BELOW_RATIO = "less than {ratio} of what is expected"
    AT_OWN_END = "judged at this end of the flows alone"
    SEPARATED = "pairs left out, a region sends or receives nothing: {left_out}"
    WITHOUT_DISTANCE = "pairs left out, without coordinates: {left_out}"
    SPECIALISATION_ONLY = "fewer than {minimum} peers: only specialisation is judged"
    OF_PEERS = "among {peers} peers"
    AT_ALPHA = "at the level {alpha}"
    MODEL_TABLE = "inter-regional tables are modelled, not official statistics"
    WITHOUT_OUTPUT = "sectors without output: {count}"
    NEW_INDUSTRIES = "new industries, counted as regional: {count}"
    FROM_HEADCOUNT = "from the headcount of residents by their own industry"
    WITHOUT_HEADCOUNT = "residents left out, without a headcount: {left_out}"
    WITHOUT_INDUSTRY = "left out, employees of no comparable industry: {percent} %"
    WITHOUT_CLASS = "residents left out, without an industry of {digits} digits: {left_out}"
    IN_CLASSES = "by classes of {digits} digits, within those of two"
    IN_ONE_LEVEL = "by classes of {digits} digits"
    SUPPORT_IS_SAMPLE = "reported support, a sample"
    PLANNED_LEFT_OUT = "support left out, only planned: {left_out}"
    REGRESSION_TO_MEAN = (
        "no effect of support: firms are supported when they stand out, and return to their mean without it"
    )
    YEARS_AROUND = "years compared: {span} either side of the first year of support"
    AT_CURRENT_PRICES = "in prices of each year"
    BOOTSTRAP = "95 % interval from {draws} resamples of the firms, seed {seed}"
    IS_DIFFERENCE = "a difference between supported firms and others, not an effect of support"
    IS_ASSOCIATION = "an association with support, not its effect"
    MAY_BE_EFFECT = "may be read as an effect of support: before it, supported firms moved like others"
    AGAINST_NEVER = "each year's newly supported firms against firms never supported (Callaway and Sant'Anna)"
    AGAINST_NOT_YET = "each year's newly supported firms against firms not supported yet (Callaway and Sant'Anna)"
    IN_ONE_REGRESSION = "one regression over all firms and years"
    FIRMS_COMPARED = "firms supported: {treated}, not supported: {control}"
    PRE_TREND = "test of like movement before support: p = {percent} %"
    DESCRIBED_ONLY = "fewer than {minimum} firms: described only, without an interval"
    ERRORS_BY_FIRM = "95 % interval from standard errors by firm"
    AMONG_FIRMS = "of the firms in this data set, against all of them"
    ROUNDED_WHOLE = "{count} of {total} shares rounded away from the nearest to add up to 100 %"
    OF_INDICATORS = "{count} of {total} indicators"
    CLIPPED = "beyond the end of their scale: {clipped}"
    BEYOND_SCALE = "beyond the end of its scale"
    LESS_IS_BETTER = "less is better"
    MISSING_ANYTHING = "indicators missing, anything from 0 to 100: {count}"
    OLDER_FIGURES = "figures of an earlier year: {count}"
    WITHOUT_BOUNDS = "figures without known bounds: {count}"
    REPORTED_LEFT_OUT = "reported figures left out: {left_out}"
    NO_PART = "known from reports only, no part of the index"
    FLOORED = "levels below {floor} are raised to it"
    EQUAL_WEIGHTS = "equal weights within and between levels"
    GIVEN_WEIGHTS = "weights as the parameters give them"
    OF_ZONES = "of {total} zones"
    MEAN_OF_ZONES = "mean of {total} zones"
    MEDIAN_OF_ZONES = "median of the zones"
    CRITERIA = "indicators compared: {count}"
    RANKED_APART = "zones ranked apart, because some figures are generated and others are not: {count}"
    OF_FIRM_YEARS = "{count} of {total} yearly records of firms"
    OF_ANSWERS = "blank in {count} of {total} answers"
    OF_CELLS = "{count} of {total} figures of tables"
    TO_REVIEW = "figures with a negative part, to be reviewed by hand: {count}"
    NOT_PUBLISHED = "tables that cannot be published: {count}"
    SALTELLI = "design of {samples} points for each choice, seed {seed}"
    STRONGEST = "strongest choice: {factor}"


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
    wanted = set(_read_template(reason.value).names)
    if wanted != set(fields):
        raise MetricError(f"reason {reason.name} takes the fields {sorted(wanted)}, got {sorted(fields)}")
    if any(SEPARATOR in str(value) for value in fields.values()):
        raise MetricError(f"a field of a reason must not hold {SEPARATOR!r}, got {fields}")
    return reason.value.format(**fields)


def join_reasons(sentences: Iterable[str]) -> str:
    """Return sentences as one reason, each once, in the order given; empty ones are left out."""
    return SEPARATOR.join(dict.fromkeys(sentence for sentence in sentences if sentence))


@cache
def _list_templates(initial: str) -> tuple[Template, ...]:
    """Return the templates that a sentence with an initial may be made from."""
    found = [_read_template(reason.value) for reason in Reason]
    # Those with more fixed text first: "{earlier_year} to {year}" would take in much else.
    found.sort(key=lambda template: len("".join(template.between)))
    return tuple(template for template in reversed(found) if template.between[0][:1] in ("", initial))


def _take_apart(sentence: str) -> tuple[str, dict[str, str]]:
    """Return the template of a sentence and its fields; one that has no template is its own."""
    for template in _list_templates(sentence[:1]):
        fields = template.read(sentence)
        if fields is not None:
            return template.text, fields
    return sentence, {}


@lru_cache(maxsize=_KEPT)
def read_reason(text: str) -> tuple[tuple[str, dict[str, str]], ...]:
    """Return the sentences of a reason as pairs of template and fields, to be translated.

    A sentence that has no template (one of a user's own metric) is its own template.

    Examples
    --------
    >>> read_reason("sources disagree; ties left out, without a region: 3")
    (('sources disagree', {}), ('ties left out, without a region: {left_out}', {'left_out': '3'}))
    """
    return tuple(map(_take_apart, filter(None, text.split(SEPARATOR))))
