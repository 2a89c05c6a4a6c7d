"""The template of a data set: an empty workbook or folder of text files, in the reader's language."""

from zonebook.tables.template.text import OWN_SHEETS
from zonebook.tables.template.write import TableUse, write_template

__all__ = ["OWN_SHEETS", "TableUse", "write_template"]
