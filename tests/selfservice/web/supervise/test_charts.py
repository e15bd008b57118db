"""Charts: within their frame, true to the values, and told in words."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice.web.supervise import charts
from selfservice.web.supervise.charts import LETTER, TALL, TOP, WIDTH, Bar, Chart

VALUES = st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10**7)), max_size=60)
SEVERAL = st.lists(st.lists(st.integers(0, 10**6), min_size=2, max_size=2).map(tuple), max_size=20)


def within(chart: Chart) -> bool:
    rects = [*chart.rects, *(key for key, _ in chart.legend)]
    texts = [*chart.texts, *(words for _, words in chart.legend)]
    return (
        all(rect.x >= 0 and rect.x + rect.width <= WIDTH + 0.2 and rect.width >= 0 for rect in rects)
        and all(rect.y >= 0 and rect.y + rect.height <= chart.height + 0.2 for rect in rects)
        and all(0 <= words.x <= WIDTH and 0 <= words.y <= chart.height for words in texts)
        and all(0 <= x <= WIDTH and 0 <= y <= chart.height for x, y in chart.line)
    )


@given(VALUES)
def test_columns_stay_within_the_frame_and_are_as_tall_as_their_values(values: list[tuple[str, int]]) -> None:
    chart = charts.columns("c", "Title", "Words", values)
    assert within(chart)
    drawn = [value for _, value in values if value]
    top = float(max((words.text.replace(",", "") for words in chart.texts if words.quiet), key=float))
    for rect, value in zip(chart.rects, drawn, strict=True):
        assert rect.height == pytest.approx(value / top * TALL, abs=0.1)
        assert rect.y + rect.height == pytest.approx(TOP + TALL, abs=0.2)


@pytest.mark.parametrize("hours", range(1, 25))
def test_names_below_columns_do_not_run_into_each_other(hours: int) -> None:
    chart = charts.columns("c", "Title", "Words", [("12pm", 1)] * hours)
    places = [words.x for words in chart.texts if words.text == "12pm"]
    assert places
    assert all(after - before > 5 * LETTER for before, after in itertools.pairwise(places))


@given(VALUES)
def test_a_line_goes_through_every_value_in_its_order(values: list[tuple[str, int]]) -> None:
    chart = charts.line("c", "Title", "Words", values)
    assert within(chart)
    assert len(chart.line) == len(values)
    assert [x for x, _ in chart.line] == sorted(x for x, _ in chart.line)
    named = [words.text for words in chart.texts if not words.quiet]
    if values:
        assert (named[0], named[-1]) == (values[0][0], values[-1][0])


@given(SEVERAL)
def test_the_parts_of_a_bar_lie_side_by_side_and_the_longest_bar_fills_the_frame(
    values: list[tuple[int, ...]],
) -> None:
    rows = [Bar(f"Row {place}", parts, "words") for place, parts in enumerate(values)]
    chart = charts.bars("c", "Title", "Words", rows, ("One", "Other"))
    assert within(chart)
    assert {rect.part for rect in chart.rects} <= {0, 1}
    if any(map(sum, values)):
        assert max(rect.x + rect.width for rect in chart.rects) == pytest.approx(WIDTH, abs=0.3)


def test_every_bar_has_its_name_and_its_value_in_words() -> None:
    long = "Tell us about a change of circumstances of somebody you look after"
    chart = charts.bars(
        "c", "Title", "Words", [Bar("Phone", (3.0,), "3 contacts"), Bar(long, (1.0,), "1 h 2 min")]
    )
    texts = [words.text for words in chart.texts]
    assert texts[:2] == ["Phone", "3 contacts"]
    assert texts[2].endswith("…")
    assert long.startswith(texts[2][:-1])
    assert len(texts[2]) + len(texts[3]) < 48


@pytest.mark.parametrize(
    ("highest", "top"), [(0, "2"), (1, "2"), (3, "4"), (7, "8"), (11, "20"), (95, "100"), (1001, "2,000")]
)
def test_a_scale_ends_at_a_round_number_that_can_be_halved(highest: int, top: str) -> None:
    chart = charts.columns("c", "Title", "Words", [("a", highest)])
    marks = [words.text for words in chart.texts if words.quiet]
    assert (marks[0], marks[2]) == ("0", top)
    assert int(marks[1].replace(",", "")) * 2 == int(top.replace(",", ""))
