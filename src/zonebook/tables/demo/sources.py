"""The sources of a demonstration data set: all of kind demonstration, all saying that nothing in it is real."""

from __future__ import annotations

import pyarrow as pa

from zonebook.tables.demo.rows import build_rows
from zonebook.tables.demo.settings import DemoSettings

REGISTER, LEDGER, SURVEY = "demo-register", "demo-ledger", "demo-survey"
CUSTOMS, STATISTICS, NEWS = "demo-customs", "demo-statistics", "demo-news"

NOTE = {"note": "generated for demonstration", "note_ru": "создано для демонстрации"}
_TITLES = {
    REGISTER: ("Register of residents", "Реестр резидентов"),
    LEDGER: ("Ledger of deliveries", "Книга поставок"),
    SURVEY: ("Survey of residents", "Опрос резидентов"),
    CUSTOMS: ("Customs statistics", "Таможенная статистика"),
    STATISTICS: ("Statistics of regions", "Статистика регионов"),
    NEWS: ("News of zones", "Новости зон"),
}


def list_sources(settings: DemoSettings) -> pa.Table:
    """Return the rows of ``source``."""
    year = settings.years[1] + 1
    return build_rows(
        "source",
        {
            "source_id": list(_TITLES),
            "title": [
                f"{english} (generated demonstration data: zones and firms are made up)"
                for english, _ in _TITLES.values()
            ],
            "title_ru": [
                f"{russian} (данные созданы для демонстрации: зоны и предприятия вымышлены)"
                for _, russian in _TITLES.values()
            ],
            "publisher": "Zonebook demonstration",
            "publisher_ru": "Zonebook: демонстрация",
            "date": [f"{year}-02-15" if source == NEWS else f"{year}-04-01" for source in _TITLES],
            "kind": "demonstration",
            "licence": "MIT",
        },
    )


def describe_data_set(settings: DemoSettings) -> str:
    """Return the text of the file that marks the data set."""
    first, last = settings.years
    return (
        "Demonstration data, made up by `zonebook demo`. Regions with their population and product, countries, blocs\n"
        "and codes are real; zones, firms, ties and all other figures were drawn at random.\n"
        "Данные для демонстрации, созданные командой `zonebook demo`. Регионы с их населением и ВРП, страны,\n"
        "объединения и коды настоящие; зоны, предприятия, связи и все остальные показатели вымышлены.\n\n"
        f"zonebook demo DIR --zones {settings.zones} --residents {settings.residents} --years {first}-{last} "
        f"--seed {settings.seed} --ties-per-resident {settings.ties_per_resident:g}\n"
    )
