"""A small valid data set for tests: two made-up zones in two regions, every kind of thing the public tables can say."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

from pathlib import Path

TABLES: dict[str, str] = {
    "zone": """\
zone_id,name_ru,name_en,type,country_iso3,region_iso,established,area_ha,latitude,longitude,management_company,source_id
example-north,ОЭЗ «Пример-Север»,Example North SEZ,technology-innovation,RUS,RU-MOW,2005-12-21,392,55.71,37.73,АО «Пример-Север»,example-register
example-volga,ОЭЗ «Пример-Волга»,Example Volga SEZ,industrial-production,RUS,RU-TA,2006,"3903,5",55.83,52.04,АО «Пример-Волга»,example-register
example-total,Все зоны примера,All example zones,aggregate,RUS,,,,,,,example-register
""",
    "site": """\
site_id,zone_id,name_ru,name_en,latitude,longitude,area_ha,source_id
north-one,example-north,Площадка Первая,First Site,55.98,37.15,150,example-register
north-two,example-north,Площадка Вторая,Second Site,55.64,37.75,32,example-register
""",
    "region": """\
region_iso,name_ru,name_en,federal_district,latitude,longitude,population,grp_rub,source_id
RU-MOW,Москва,Moscow,central,55.75,37.62,13010112,32346683000000,example-register
RU-TA,Республика Татарстан,Tatarstan,volga,55.79,49.11,4004809,4686200000000,example-register
RU-TVE,Тверская область,Tver Oblast,central,56.86,35.90,1230171,700000000000,example-register
""",
    "cluster": """\
cluster_id,zone_id,name_ru,name_en,site_ids,source_id
example-pharma,example-north,Фармацевтика (пример),Pharmaceuticals (example),north-one;north-two,example-press
""",
    "party": """\
party_id,name,name_en,kind,zone_id,site_id,region_iso,country_iso3,cluster_id,industry_scheme,industry,product,product_ru,since,source_id
firm-boards,ООО «Пример Доски»,Example Boards,resident,example-north,north-one,RU-MOW,RUS,,OKVED2,26.20,interactive boards,интерактивные доски,2015,example-press
firm-medicine,АО «Пример Фарма»,Example Pharma,resident,example-north,north-two,RU-MOW,RUS,example-pharma,OKVED2,21.20,medicines,лекарства,2018-05-14,example-press
firm-trucks,ПАО «Пример Грузовики»,Example Trucks,resident,example-volga,,RU-TA,RUS,,OKVED2,29.10,trucks,грузовики,2007,example-press
institute-tver,Институт «Пример»,Example Institute,institute,,,RU-TVE,RUS,,OKVED2,72.19,,,,example-press
buyers-kaz,Покупатели в Казахстане,Buyers in Kazakhstan,foreign,,,,KAZ,,,,,,,example-press
buyers-nam,Покупатели в Намибии,Buyers in Namibia,foreign,,,,NAM,,,,,,,example-press
""",
    "tie": """\
tie_id,from_party,to_party,level,kind,product,product_ru,year,value_rub,status,evidence,source_id,note,note_ru
t1,firm-boards,firm-medicine,local,supply,screens,экраны,2024,12000000,actual,press,example-press,,
t2,firm-boards,firm-trucks,regional,contract_manufacturing,dashboards,приборные панели,2024,,actual,press,example-press,,
t3,institute-tver,firm-medicine,regional,r_and_d,substances,субстанции,2023,,planned,press,example-press,,
t4,firm-boards,buyers-kaz,international,export,interactive boards,интерактивные доски,2025,50000000,actual,press,example-press,read in the text,прочитано в тексте
t5,firm-medicine,buyers-nam,international,export,medicines,лекарства,,,talks,press,example-press,,
""",
    "zone_year": """\
zone_id,year,period,indicator,source_id,vintage,value,unit,cumulative,qualifier,source_date,note
example-north,2023,FY,export_rub,example-official,,940000000,RUB,false,exact,2024-03-01,
example-north,2024,FY,export_rub,example-official,,1100000000,RUB,false,over,2025-03-01,+17 % as printed
example-north,2024,FY,revenue_rub,example-official,,90000000000,RUB,false,about,2025-03-01,
example-north,2023,9M,revenue_rub,example-press,,53500000000,RUB,false,exact,2023-11-20,
example-north,2024,point,jobs,example-official,,25000,count,false,over,2025-03-01,
example-north,2024,point,residents,example-official,,128,count,false,exact,2025-03-01,
example-north,2024,point,residents,example-press,,150,count,false,exact,2024-12,the two sources disagree
example-north,2022,FY,investment_actual_rub,example-official,,87000000000,RUB,true,exact,2023-01,
example-north,2024,FY,investment_actual_rub,example-official,,125000000000,RUB,true,over,2025-03-01,
example-volga,2023,FY,export_rub,example-official,2024-03-01,4100000000,RUB,false,exact,2024-03-01,
example-volga,2023,FY,export_rub,example-official,2024-09-01,4300000000,RUB,false,exact,2024-09-01,corrected by the source
example-volga,2024,FY,export_rub,example-press,,5000000000,RUB,false,about,2025-02,
example-volga,2024,point,jobs,example-press,,11000,count,false,about,2025-02,
example-total,2023,FY,export_rub,example-official,,60000000000,RUB,false,about,2024-07-03,
example-total,2024,FY,export_rub,example-official,,66000000000,RUB,false,about,2025-07-03,
""",
    "target": """\
zone_id,indicator,target_year,target_value,unit,base_year,base_value,source_id,qualifier,note
example-north,export_rub,2030,2000000000,RUB,2023,940000000,example-official,exact,
example-north,jobs,2030,40000,count,,,example-official,about,
example-volga,residents,2020,120,count,,,example-press,exact,missed
""",
    "source": """\
source_id,url,title,publisher,date,kind
example-register,https://register.example/zones,Реестр зон примера,Ведомство примера,2024-01-01,register
example-official,https://ministry.example/results,Итоги года (пример),Министерство примера,2025-03-01,official
example-press,https://news.example/zones,Зоны примера растут,Газета примера,2024-12,press
""",
}


def write_small_data_set(folder: Path, **changed: str | None) -> Path:
    """Write the data set as CSV files and return its folder.

    Parameters
    ----------
    folder
        Where to write; made if it is not there.
    changed
        Tables to write with other text, or (``None``) to leave out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**TABLES, **changed}.items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
