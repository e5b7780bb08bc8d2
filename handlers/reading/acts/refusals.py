"""What can be meant as one act or another of a task, and is none: 不予受理, 材料不齐, 撤销."""

import re

_REFUSED = re.compile(
    r"不予(?:受理|办理|许可|批准|核准|通过|办结)|(?:受理|办理?|接|做|核准|批|弄|搞)不了"
    r"|(?:材料|资料|图纸|要件|手续|报件)[^,;。\n]{0,4}(?:不齐|不全|不完整|不够|不符|没齐|未齐|缺)"
    r"|缺(?:少|了)?(?:一?[份张些])?(?:图纸|材料|资料|要件|报件|手续)"
    r"|撤[销回]|作废|^[\s,刚才前面方我的]*(?:说|发|写|报|点|打|搞|弄|记)错"
)


def is_refused(text: str) -> bool:
    """Whether a task is said not to be possible, or something of it is taken back."""
    return _REFUSED.search(text) is not None
