"""The sentences of a page, made from values by rules. Each takes the page and returns a block, or ``None``."""

from zonebook.page.narrative.answers import answers, level
from zonebook.page.narrative.between import between_regions, between_zones
from zonebook.page.narrative.certainty import disagreements, how_sure
from zonebook.page.narrative.comparison import quality, ranks
from zonebook.page.narrative.conclusion import conclusion
from zonebook.page.narrative.exports import exports
from zonebook.page.narrative.lead import lead
from zonebook.page.narrative.levels import international, local, regional
from zonebook.page.narrative.markets import markets
from zonebook.page.narrative.network import (
    cohesion,
    concentration,
    purchases,
    resilience,
    specialisation,
    value_chains,
)
from zonebook.page.narrative.reach import reach
from zonebook.page.narrative.shortfalls import region_trade
from zonebook.page.narrative.standing import standing
from zonebook.page.narrative.support import support
from zonebook.page.narrative.targets import sum_up_targets, targets

__all__ = [
    "answers",
    "between_regions",
    "between_zones",
    "cohesion",
    "concentration",
    "conclusion",
    "disagreements",
    "exports",
    "how_sure",
    "international",
    "lead",
    "level",
    "local",
    "markets",
    "purchases",
    "quality",
    "ranks",
    "reach",
    "region_trade",
    "regional",
    "resilience",
    "specialisation",
    "standing",
    "sum_up_targets",
    "support",
    "targets",
    "value_chains",
]
