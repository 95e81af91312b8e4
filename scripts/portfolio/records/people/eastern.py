"""Names in Han characters, kana and hangul: the family name stands first, blanks are rare."""

import re

_LETTERS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
_EASTERN = re.compile(f"[{_LETTERS}\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]")
_KANA = re.compile("[\u3040-\u30ff]")
_COMMAS = re.compile(r"\s*[,\uff0c]\s*")
_FAMILIES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董潘袁蔡"
    "蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱侯江尹薛闫閻段雷龙龍"
    "黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常"
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모"
)
"""Family names of China and Korea, of one character each."""

_LONGEST_FAMILY = 2


def is_eastern(text: str) -> bool:
    """Whether a name is written in these scripts alone."""
    return bool(_EASTERN.search(text)) and not _LATIN.search(text)


def parts_of(name: str) -> tuple[str, str]:
    """Return the given and the family name, told apart by a comma or a blank, if at all."""
    family, _, given = _COMMAS.sub(" ", name).partition(" ")
    return given.strip(), family


def list_of(text: str) -> list[str]:
    """Take apart at commas what is a list; ``山田, 太郎`` is a family and a given name."""
    parts = [part for part in _COMMAS.split(text) if part]
    return [text] if len(parts) == 2 and not _are_people(*parts) else parts  # noqa: PLR2004


def _are_people(first: str, second: str) -> bool:
    if " " in first:
        return True
    if len(first) == 1 or len(second) == 1 or _KANA.search(first + second):
        return False
    known = first[0] in _FAMILIES and second[0] in _FAMILIES
    return known or len(first) > _LONGEST_FAMILY
