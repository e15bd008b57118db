"""Questions about numbers that others gave out: NationalInsuranceNumber, CouncilTaxAccount, BankAccount."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.kit.questions import Asking, Question, Refused, Translate
from forms.kit.typed import Typed, counted, first, one_line, plain
from forms.kit.written import Text

# HM Revenue and Customs, National Insurance Manual NIM39110: the letters and pairs that are never given out.
NINO = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")


@dataclass(frozen=True, kw_only=True)
class NationalInsuranceNumber(Text):
    """A National Insurance number, kept in capitals without spaces."""

    hint: str = (
        "It’s on your National Insurance card, benefit letter, payslip or P60. For example, ‘QQ 12 34 56 C’"
    )
    noun: str = "National Insurance number"
    max_length: int = 20
    sensitive: bool = True

    def parse(self, text: str) -> Any:
        """The number. Raises `Refused` when it has not the form of one."""
        number = re.sub(r"[\s.-]", "", plain(text)).upper()
        if not NINO.fullmatch(number):
            raise Refused("Enter a National Insurance number in the correct format, like QQ 12 34 56 C")
        return number

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and NINO.fullmatch(value[:20]) is not None

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (" ".join((value[:2], value[2:4], value[4:6], value[6:8], value[8:])),)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Z]{2}[0-9]{6}[A-D]$"}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Two numbers of nobody: HMRC gives out none that begin with these letters to people."""
        return ("AA000001A", "AA000002B")


@dataclass(frozen=True, kw_only=True)
class CouncilTaxAccount(Text):
    """A council tax account number in one of the council's `shapes`: # stands for a digit, A for a letter.

    What some bills print behind it, such as /123, is not part of it and is dropped.
    """

    hint: str = "It is on your council tax bill. It has 8 digits, for example 20012345"
    noun: str = "Council tax account number"
    max_length: int = 40
    shapes: tuple[str, ...] = ("########",)

    def parse(self, text: str) -> Any:
        """The number in capitals, without spaces, dashes and ending. Raises `Refused`."""
        number = re.sub(r"[\s.-]", "", plain(text).upper()).partition("/")[0]
        if not self._fits(number):
            raise Refused("Enter your council tax account number as it is on your bill")
        return number

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and self._fits(value)

    def _fits(self, number: str) -> bool:
        return any(
            len(shape) == len(number)
            and all(_is_one(wanted, character) for wanted, character in zip(shape, number))
            for shape in self.shapes
        )

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Two numbers of the first shape."""
        shape = self.shapes[0].replace("A", "X")
        return (shape.replace("#", "1"), shape.replace("#", "2"))


def _is_one(wanted: str, character: str) -> bool:
    if wanted == "#":
        return character in "0123456789"
    return character.isascii() and character.isalpha() if wanted == "A" else character == wanted


@dataclass(frozen=True, kw_only=True)
class BankAccount(Question):
    """An account at a UK bank: name, sort code, account number. Kept as {"name", "sort_code", "number"}.

    Their form is checked, not whether the two numbers go together: that needs the banks' own table (Vocalink's
    modulus weights), which changes often and cannot be installed.
    """

    noun: str = "The account"
    sensitive: bool = True
    parts: ClassVar[tuple[str, ...]] = ("name", "sort-code", "number")
    answers_as: ClassVar[str] = "bank"

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The account, its numbers as digits alone. Raises `Refused`, naming the input that is wrong."""
        name = one_line(first(typed, "name"))
        sort_code, number = (
            re.sub(r"[\s.-]", "", plain(first(typed, part)[:200])[:60]) for part in ("sort-code", "number")
        )
        if not (name or sort_code or number):
            return None
        if not name:
            raise Refused("Enter the name on the account", "name")
        if counted(name) > 100:
            raise Refused("Name on the account must be 100 characters or fewer", "name")
        if not sort_code:
            raise Refused("Enter a sort code", "sort-code")
        if not re.fullmatch("[0-9]{6}", sort_code):
            raise Refused("Enter a valid sort code like 309430", "sort-code")
        if not number:
            raise Refused("Enter an account number", "number")
        if not re.fullmatch("[0-9]{6,8}", number):
            raise Refused("Account number must be between 6 and 8 digits", "number")
        return {"name": name, "sort_code": sort_code, "number": number.zfill(8)}

    def typed(self, value: Any) -> Typed:
        return {
            "name": (value["name"],),
            "sort-code": (_dashed(value["sort_code"]),),
            "number": (value["number"],),
        }

    def accepts(self, value: Any) -> bool:
        return (
            isinstance(value, dict)
            and value.keys() == {"name", "sort_code", "number"}
            and all(isinstance(part, str) for part in value.values())
        )

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (value["name"], _dashed(value["sort_code"]), value["number"])

    def schema(self) -> dict[str, Any]:
        text = {"type": "string"}
        return {
            "type": "object",
            "properties": {"name": text, "sort_code": text, "number": text},
            "required": ["name", "sort_code", "number"],
        }

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """An account of nobody."""
        return ({"name": "A Sample", "sort_code": "000000", "number": "00000000"},)


def _dashed(sort_code: str) -> str:
    return "-".join((sort_code[:2], sort_code[2:4], sort_code[4:]))
