"""What an award text names: its nature and its level, read from the words officials use; pure.

Natures follow the Law on Emulation and Commendation 2022: a flag (Cờ thi đua) is a title, a certificate (Bằng khen) or
a medal a commendation. Only the identity is read here, no condition is claimed.
"""

import re
from dataclasses import dataclass

from awards.enums import AwardLevel, AwardNature
from emulation.core.vietnamese import fold

_TITLE = re.compile(
    r"\b(co thi dua|danh hieu|tap the lao dong|don vi quiet thang|chien si thi dua|lao dong tien tien|co)\b"
)
_COMMENDATION = re.compile(r"\b(bang khen|giai khen|huan chuong|huai chuong|ki niem chuong|giai thuong)\b")
_LEVELS = (
    (AwardLevel.STATE, re.compile(r"\b(huan chuong|huai chuong|nha nuoc|chu tich nuoc|anh hung)\b")),
    (AwardLevel.GOVERNMENT, re.compile(r"\b(chinh phu|thu tuong)\b")),
    (AwardLevel.MINISTRY, re.compile(r"\b(bo|cap bo|bo nganh|trung uong|tong cuc|nganh)\b")),
    (AwardLevel.PROVINCE, re.compile(r"\b(tinh|ubnd tinh|thanh pho|ubnd|ui ban nhan dan)\b")),
    (AwardLevel.GRASSROOTS, re.compile(r"\b(giai khen|co so|xa|phuong|huien)\b")),
)


@dataclass(frozen=True)
class AwardIdentity:
    """The nature and level of an award text."""

    nature: AwardNature
    level: AwardLevel


def identify(text: str) -> AwardIdentity:
    """Return what the text names; MIXED when it names a title and a commendation at once, UNSTATED without a level."""
    plain = fold(text)
    is_title, is_commendation = bool(_TITLE.search(plain)), bool(_COMMENDATION.search(plain))
    nature = AwardNature.MIXED if is_title == is_commendation else AwardNature.TITLE
    if is_commendation and not is_title:
        nature = AwardNature.COMMENDATION
    level = next((level for level, pattern in _LEVELS if pattern.search(plain)), AwardLevel.UNSTATED)
    return AwardIdentity(nature, level)
