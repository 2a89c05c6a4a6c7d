"""Demonstration data: a made-up data set with every table of the contract and known structure in it."""

from zonebook.tables.demo.data_set import DemoSummary, write_demo
from zonebook.tables.demo.planted import PlantedStructure, PlantedZone, planted_structure
from zonebook.tables.demo.settings import DemoSettings, read_years

__all__ = [
    "DemoSettings",
    "DemoSummary",
    "PlantedStructure",
    "PlantedZone",
    "planted_structure",
    "read_years",
    "write_demo",
]
