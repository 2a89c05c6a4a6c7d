"""Comparison of two editions: what changed, why, and how it is told."""

from zonebook.edition.brand import Brand, read_brand
from zonebook.edition.chapter import Chapter, write_chapter
from zonebook.edition.comparison import Comparison, Edition, compare_editions
from zonebook.edition.listing import write_listing, write_text
from zonebook.edition.naming import name_subjects
from zonebook.edition.page import write_page

__all__ = [
    "Brand",
    "Chapter",
    "Comparison",
    "Edition",
    "compare_editions",
    "name_subjects",
    "read_brand",
    "write_chapter",
    "write_listing",
    "write_page",
    "write_text",
]
