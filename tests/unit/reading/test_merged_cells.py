"""What a table leaves blank because cells were merged is shown before it counts."""

from handlers.reading import read_message
from handlers.reading.values import Field, ReadingContext, Registration

_TABLE = (
    "【签约项目登记】\n县区\t项目名称\t签约日期\t总投资\n（万元）\n"
    "遂平县\t甲加工项目\t2026-11-10\t5200\n\t乙加工项目\t2026-11-10\t300"
)


def test_a_county_from_the_row_above_is_shown_before_it_counts(context: ReadingContext) -> None:
    reading = read_message(_TABLE, context)
    assert isinstance(reading, Registration)
    first, second = reading.projects
    assert first.fields.county == second.fields.county == "遂平县"
    assert Field.COUNTY not in {each.field for each in first.interpreted}
    assert Field.COUNTY in {each.field for each in second.interpreted}
