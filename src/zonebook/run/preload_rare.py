"""Imported before ``preload`` where pages may need it: what only metrics of registers and a notebook of one's own do.

It takes a third of the time and of the memory of all that is imported. A page that finds it missing imports it itself.
"""

import os

os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # read when matplotlib is imported

import matplotlib.pyplot  # noqa: F401  (chooses its backend later, in the page that draws with it)
import networkx  # noqa: F401
import SALib.analyze.sobol  # type: ignore[import-untyped]
import SALib.sample.sobol  # type: ignore[import-untyped]  # noqa: F401
import scipy.optimize
import scipy.spatial
import scipy.stats  # noqa: F401
import statsmodels.duration.survfunc
import statsmodels.regression.linear_model  # noqa: F401
