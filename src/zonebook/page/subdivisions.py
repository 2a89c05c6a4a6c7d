"""Regions that a data set names by their codes alone: names and countries of ISO 3166-2, as pycountry has them."""

from __future__ import annotations

import gettext
from functools import cache


def name_subdivision(code: str, lang: str) -> str:
    """Return the name of a region by its ISO 3166-2 code, in a language where the standard's catalogue has it.

    Returns
    -------
    str
        The name in the language, else in that of the country, else the code as it stands.

    Examples
    --------
    >>> name_subdivision("US-CA", "ru"), name_subdivision("KZ-71", "en"), name_subdivision("XX-1", "en")
    ('Калифорния', 'Astana', 'XX-1')
    """
    name = _find_name(code)
    return _read_catalogue(lang).gettext(name) if name else code


def find_country(code: str) -> str:
    """Return the ISO 3166 alpha-3 code of the country that a region's code begins with; empty where there is none.

    Examples
    --------
    >>> find_country("KZ-71"), find_country("somewhere")
    ('KAZ', '')
    """
    import pycountry  # noqa: PLC0415  (read only where a data set leaves names out)

    country = pycountry.countries.get(alpha_2=code.partition("-")[0])
    return country.alpha_3 if country is not None else ""


def _find_name(code: str) -> str:
    import pycountry  # noqa: PLC0415

    found = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]  # only some of it is typed
    return str(found.name) if found is not None else ""


@cache
def _read_catalogue(lang: str) -> gettext.NullTranslations:
    import pycountry  # noqa: PLC0415

    return gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[lang], fallback=True)
