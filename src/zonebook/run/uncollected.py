"""Imported before ``preload``: from here on no garbage is looked for, until that has everything in place.

Nearly all that imports make stays, and to look through it again and again took a sixth of the time. What little is
left over stays with it, where collecting it would cost more.
"""

import gc

gc.disable()
