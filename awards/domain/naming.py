"""Which award a source's words mean ("Cờ thi đua của UBND tỉnh"); pure. A doubt is left for a human to settle."""

from collections.abc import Mapping
from dataclasses import dataclass

from emulation.core.vietnamese import fold

# Words that must all occur → the award, the more telling first: "Cờ thi đua của Chính phủ" is no provincial flag.
_SURE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("chien si thi dua", "toan quoc"), "cstd_tq"),
    (("chien si thi dua", "co so"), "cstdcs"),
    (("chien si thi dua", "tinh"), "cstd_tinh"),
    (("co thi dua", "chinh phu"), "co_cp"),
    (("co thi dua", "ubnd"), "co_tinh"),
    (("co thi dua", "ui ban nhan dan"), "co_tinh"),
    (("co thi dua", "tinh"), "co_tinh"),
    (("tap the lao dong xuat sac",), "ttldxs"),
    (("tap the lao dong tien tien",), "ttldtt"),
    (("don vi quiet thang",), "dvqt"),
    (("don vi tien tien",), "dvtt"),
    (("lao dong tien tien",), "ldtt"),
    (("chien si tien tien",), "cstt"),
    (("anh hung lao dong",), "anh_hung_ld"),
    (("huan chuong lao dong", "nhat"), "hcld1"),
    (("huan chuong lao dong", "nhi"), "hcld2"),
    (("huan chuong lao dong", "ba"), "hcld3"),
    (("bang khen", "thu tuong"), "bk_ttg"),
    (("bang khen", "ubnd"), "bk_tinh"),
    (("bang khen", "ui ban nhan dan"), "bk_tinh"),
    (("bang khen", "tinh"), "bk_tinh"),
    (("giai khen",), "giay_khen"),
    (("ki niem chuong",), "knc"),
)
# The family alone: whose it is was not said.
_DOUBTFUL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("co thi dua", ("co_tinh", "co_cp")),
    ("bang khen", ("bk_tinh", "bk_ttg")),
    ("chien si thi dua", ("cstd_tinh", "cstdcs")),
    ("huan chuong lao dong", ("hcld3", "hcld2", "hcld1")),
)
_FAMILIES = ("co thi dua", "bang khen", "chien si thi dua", "tap the lao dong", "huan chuong", "giai khen")
# Ministries and branches give their own, which are not in the catalogue of a province.
_ELSEWHERE = ("cap bo", "cua bo", "bo truong", "nganh")


@dataclass(frozen=True)
class Meant:
    """Which awards a text may mean, by slug, the likeliest first; `is_sure` with exactly one, by its own words."""

    slugs: tuple[str, ...] = ()
    is_sure: bool = False


def meant(text: str, names: Mapping[str, str] | None = None) -> Meant:
    """Return which award a text means. `names`: the province's own names, folded, with the slug of each."""
    words = fold(text)
    if not words:
        return Meant()
    if names and words in names:
        return Meant((names[words],), is_sure=True)
    if sum(_has(words, family) for family in _FAMILIES) > 1:
        return Meant(_several(words))
    if any(_has(words, mark) for mark in _ELSEWHERE):
        return Meant()
    for needed, slug in _SURE:
        if all(_has(words, part) for part in needed):
            return Meant((slug,), is_sure=True)
    return Meant(next((slugs for family, slugs in _DOUBTFUL if _has(words, family)), ()))


def _several(words: str) -> tuple[str, ...]:
    """Return the likeliest award of each family a text names together ("Cờ thi đua và Bằng khen")."""
    found = [slugs[0] for family, slugs in _DOUBTFUL if _has(words, family)]
    found += [slug for needed, slug in _SURE if len(needed) == 1 and _has(words, needed[0])]
    return tuple(dict.fromkeys(found))


def _has(words: str, part: str) -> bool:
    return f" {part} " in f" {words} "
