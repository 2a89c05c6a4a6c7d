"""Imported once by the process that pages are forked from: everything a page would import or set up itself."""

import gc

import papermill.execute  # noqa: F401

from zonebook.page import figures, narrative, tables  # noqa: F401
from zonebook.run.kernel import prepare_shell, register_engine

register_engine()
prepare_shell()
gc.collect()
gc.freeze()
