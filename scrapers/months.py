"""A date with its month in words → ISO 8601, in the languages that most pages are in, without trying hundreds."""

import re
import unicodedata
from datetime import date

# The beginnings of the months' names, accents left out; each is long enough to be of one month only.
NAMES: dict[str, int] = {name: number for number, names in enumerate((
    "januar jan. jan ocak stycznia ledna january janvier janv. janv enero ene gennaio gen januari janeiro janner",
    "februar feb. feb subat lutego unora february fevrier fevr. fevr febrero febbraio februari fevereiro fev",
    "marz march mart marca brezna mar. mar mars marzo maart marco mrz mrt",
    "april apr. nisan kwietnia dubna aprill apr avril avr. avr abril abr aprile",
    "mai may mayis maja kvetna maj mayo maggio mag mei maio",
    "juni june haziran czerwca cervna jun jun. jun juin junio giugno giu junho",
    "juli july temmuz lipca cervence jul. jul juillet juil. juil julio luglio lug julho",
    "august aug. agustos sierpnia srpna augusti aug aout agosto ago augustus agustus",
    "september sept. eylul wrzesnia zari sept sep. sep septembre septiembre settembre set setembro",
    "oktober october ekim pazdziernika rijna okt. okt oct. oct octobre octubre ottobre ott outubro out",
    "november nov. kasim nov novembre noviembre novembro",
    "dezember december aralik grudnia prosince dez. dez dec. dec decembre diciembre dic dicembre dezembro desember",
), 1) for name in names.split()}
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|o)?\.?[ -](?:de |of )?([^\W\d_]{3,12})\.?,?[ -]"
                       r"(?:de |del )?([12]\d{3})")
FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2([12]\d{3}|\d\d)(?!\d)")
MONTHS = 12
SPLIT = 70  # of two digits of a year: from here on they are of the 1900s
MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? ([12]\d{3})")


def plain(text: str) -> str:
    """Small letters without accents."""
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()


def day_in_words(text: str) -> tuple[date, str] | None:
    """The day that the beginning of a text names ("18 November 2019", "Nov. 18, 2019") and what is behind it."""
    text = plain(text)
    if match := DAY_FIRST.match(text):
        day, name, year = match.groups()
    elif match := MONTH_FIRST.match(text):
        name, day, year = match.groups()
    else:
        return None
    try:
        return date(int(year), NAMES[name], int(day)), text[match.end():]
    except (KeyError, ValueError):
        return None


def day_in_figures(text: str, *, day_first: bool) -> tuple[date, str] | None:
    """The same of "18.11.2019", "18/11/2019" and "11/18/2019"; two digits of a year are of 1970 to 2069."""
    match = FIGURES.match(text)
    if match is None:
        return None
    first, sign, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    month_first = sign != "." and not day_first and first <= MONTHS
    day, month = (second, first) if month_first or second > MONTHS else (first, second)
    year += 0 if year > 99 else 1900 if year >= SPLIT else 2000
    try:
        return date(year, month, day), text[match.end():]
    except ValueError:
        return None
