"""Vietnamese text, dates and numbers; pure. Layout of dates and counts: Decree 30/2020, Annex I."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation

LETTERS = "abcdđeghiklmnopqrstuvxy"  # points of a clause: no f, j, w, z
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_MIN_TWO_DIGITS = 10


def nfc(text: str) -> str:
    """Return the text precomposed (NFC), outer white space gone, runs of blanks as one, lines kept."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(re.sub(r"[^\S\n]+", " ", line).strip() for line in lines).strip()


def fold(text: str) -> str:
    """Return the search key of a text: lower case ASCII letters, no marks, i for y, dashes and signs as blanks.

    "Sở Kế hoạch và Đầu tư", "so ke hoach va dau tu" and "SO KE HOACH - DAU TU" meet wherever their words do;
    *sĩ* and *sỹ*, *Uỷ* and *Ủy* are one.
    """
    return unaccented(text).replace("y", "i")


def unaccented(text: str) -> str:
    """Return a text as people type it without marks, for names of files: "Sở Y tế" → "so y te"."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def sort_key(text: str) -> str:
    """Return an ASCII key that orders texts as a Vietnamese dictionary does: letters first, then tones.

    Numbers go by their value, so that "Khối 2" stands before "Khối 10": each begins with how many digits it has.
    """
    letters, tones = [], []
    numbered = re.sub(r"[0-9]+", lambda found: f"{len(found[0].lstrip('0'))}{found[0].lstrip('0')}", text.casefold())
    for char in unicodedata.normalize("NFC", numbered):
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        if base in _ALPHABET:
            letters.append(f"{_ALPHABET.index(base) + 10}")
            tones.append(str(tone))
        elif base.isdigit():
            letters.append(f"0{base}")
        elif letters and letters[-1] != "00":
            letters.append("00")
    return f"{''.join(letters)}.{''.join(tones)}"[:400]


def date_short(day: dt.date | None) -> str:
    """Return "05/11/2026", or "–" when there is no date."""
    return day.strftime("%d/%m/%Y") if day else "–"


def date_long(day: dt.date) -> str:
    """Return "ngày 05 tháng 01 năm 2026": days under 10 and months 1 and 2 take a leading zero."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # noqa: PLR2004 - the decree names months 1, 2
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def count2(number: int | None) -> str:
    """Return a count as papers write it: 3 → "03", 12 → "12"; "–" when unknown."""
    if number is None:
        return "–"
    return f"{number:02d}" if 0 <= number < _MIN_TWO_DIGITS else str(number)


def number(value: Decimal | int | None, places: int | None = None) -> str:
    """Return a number with a decimal comma and dots between thousands: 93.5 → "93,5"; "–" when unknown.

    Without `places` the digits the value carries are kept, trailing zeros aside.
    """
    if value is None:
        return "–"
    plain = Decimal(value)
    text = f"{plain:,.{places}f}" if places is not None else f"{plain:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def roman(value: int) -> str:
    """Return a Roman number; raises ValueError under 1."""
    if value < 1:
        raise ValueError(value)
    result = ""
    for size, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, value = divmod(value, size)
        result += sign * count
    return result


def letter(position: int) -> str:
    """Return the letter of a point (1 → "a", 5 → "đ"); past the alphabet "aa", "ab" …; raises ValueError under 1."""
    if position < 1:
        raise ValueError(position)
    text = ""
    while position:
        position, rest = divmod(position - 1, len(LETTERS))
        text = LETTERS[rest] + text
    return text


def upper_first(text: str) -> str:
    """Return the text with its first letter in upper case and the rest as it was."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return the text with its first letter in lower case and the rest as it was."""
    return text[:1].lower() + text[1:]


def parse_date(text: str) -> dt.date:
    """Read dd/mm/yyyy (also with dots, dashes, or yyyy-mm-dd).

    Raises ValueError with a Vietnamese sentence that names what is wrong.
    """
    plain = text.strip()
    match = re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", plain)
    if match:
        day, month, year = (int(part) for part in match.groups())
    else:
        match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", plain)
        if not match:
            message = f"“{plain}” không phải là ngày; nhập theo dạng ngày/tháng/năm, ví dụ 05/11/2026."
            raise ValueError(message)
        year, month, day = (int(part) for part in match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        message = f"Không có ngày {day:02d}/{month:02d}/{year}; nhập theo dạng ngày/tháng/năm, ví dụ 05/11/2026."
        raise ValueError(message) from None


def parse_number(text: str) -> Decimal:
    """Read a number written the Vietnamese way or with a point: "93,5", "93.5", "1.234,5", "1 234".

    One dot or comma followed by anything is a decimal sign, except three digits after a lone dot or comma, which is
    refused as ambiguous. Raises ValueError with a Vietnamese sentence.
    """
    plain = re.sub(r"\s", "", text.strip())
    message = f"“{text.strip()}” không phải là số; nhập số với dấu phẩy thập phân, ví dụ 93,5."
    if not re.fullmatch(r"[+-]?[\d.,]*\d[\d.,]*", plain):
        raise ValueError(message)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", plain):
        digits = re.sub(r"[.,]", "", plain)
        message = f"Không rõ “{text.strip()}” là phần nghìn hay phần thập phân; viết {digits} hoặc thêm một chữ số 0."
        raise ValueError(message)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    elif plain.count(",") + plain.count(".") <= 1:
        plain = plain.replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise ValueError(message) from None
