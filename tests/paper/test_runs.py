"""Sentences as runs of plain text: marks of sources kept, markup gone, cut only where a sentence ends."""

from zonebook.paper.runs import cut_runs, list_cites, to_runs, to_text

HTML = (
    '<p class="zb-lead">Экспорт — <a href="#m">1,1&nbsp;млрд ₽</a><sup class="zb-cite">[<a href="#s">2</a>, '
    '<a href="#t">5</a>]</sup>. В г. Москва — 46. Ещё &lt;b&gt;.</p><svg><text>скрыто</text></svg>'
)


def test_html_becomes_text_with_the_numbers_of_sources() -> None:
    runs = to_runs(HTML)
    assert runs == [{"t": "Экспорт — 1,1\u00a0млрд ₽"}, {"sup": "2,\u00a05"}, {"t": ". В г. Москва — 46. Ещё <b>."}]
    assert list_cites(runs) == [2, 5]


def test_a_text_is_cut_at_the_end_of_sentences_alone() -> None:
    text = [{"t": "По г. Москва известно. Из них 46. Ещё нет данных. Всё."}]
    assert to_text(cut_runs(text, 1)) == "По г. Москва известно."
    assert to_text(cut_runs(text, 2)) == "По г. Москва известно. Из них 46."
    assert cut_runs(text, 9) == text
    cited = [{"t": "Экспорт — 5 ₽"}, {"sup": "2"}, {"t": ". Связей нет."}]
    assert cut_runs(cited, 1) == [{"t": "Экспорт — 5 ₽"}, {"sup": "2"}, {"t": "."}]
