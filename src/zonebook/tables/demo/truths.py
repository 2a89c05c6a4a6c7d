"""The numbers that go in on purpose, for tests to find again."""

from __future__ import annotations

# Elasticity of flows between regions by distance; of the choice of a partner's region too.
DISTANCE_ELASTICITY = -1.1
# What support adds to the yearly growth of the logarithm of revenue, from its first year on.
SUPPORT_EFFECT = 0.06
# Part of a resident's local partners that belong to its own cluster.
OWN_CLUSTER_SHARE = 0.95
# What each zone's reference buyer takes from its four suppliers, in equal lots: HHI 0.3.
SUPPLIER_LOTS = (4, 3, 2, 1)
# Exports of each zone's reference exporter, in equal lots, to four countries; from the last year but one to the
# last 20 - 5 are gained in old markets, 45 in a new one, 10 lost with an old one.
EXPORT_LOTS_BEFORE = (100, 40, 10, 0)
EXPORT_LOTS_AFTER = (120, 35, 0, 45)
EXPORT_COUNTRIES = ("KAZ", "BLR", "UZB", "CHN")
