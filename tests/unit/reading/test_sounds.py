"""Words by their sound: put right only where nothing else can be meant."""

import pytest

from handlers.reading.language.sounds import mend


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("愈期的有哪些", "逾期的有哪些"),
        ("明天有没有要到其的任务", "明天有没有要到期的任务"),
        ("暂挺计时", "暂停计时"),
        ("退会,原因是名称不符", "退回,原因是名称不符"),
        ("任物受里了", "任务受理了"),
        ("西平开功率多少", "西平开工率多少"),
    ],
)
def test_a_term_that_sounds_right_is_put_right(said: str, meant: str) -> None:
    assert mend(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "手里还有几件",  # sounds like 受理
        "这是首例",
        "转到其他部门",
        "预期下周",
        "成都的项目",
        "材料到齐了",
        "业主已交材料",
        "请专班协调",
        "急死俺了",
        "收到请回复",
        "",
    ],
)
def test_what_is_a_word_itself_stays(said: str) -> None:
    assert mend(said) == said
