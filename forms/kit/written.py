"""Questions that are written: Text, LongText, Number, Money."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from forms.kit.questions import Asking, Question, Refused, Translate
from forms.kit.typed import Typed, cleaned, counted, first, one_line, plain


@dataclass(frozen=True, kw_only=True)
class Text(Question):
    """One line of text."""

    max_length: int = 200

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The text without pasted spaces, checked for its length before anything else."""
        text = self.tidied(first(typed))
        if counted(text) > self.max_length:
            raise Refused("{noun} must be {most} characters or fewer", noun=self.noun, most=self.max_length)
        return self.parse(text) if text else None

    def tidied(self, text: str) -> str:
        """What was typed, on one line."""
        return one_line(text)

    def parse(self, text: str) -> Any:
        """What is kept for a tidied text, not blank and not too long. Raises `Refused`."""
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.max_length}


@dataclass(frozen=True, kw_only=True)
class LongText(Text):
    """Several lines of text."""

    max_length: int = 2000
    rows: int = 5

    def tidied(self, text: str) -> str:
        """What was typed, with its lines."""
        return cleaned(text)

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return tuple(str(value).split("\n"))


@dataclass(frozen=True, kw_only=True)
class Number(Text):
    """A whole number, typed with or without commas."""

    max_length: int = 12
    least: int = 0
    most: int = 999_999_999
    answers_as: ClassVar[str] = "number"

    def parse(self, text: str) -> Any:
        """The number. Raises `Refused` when it is none, or out of bounds."""
        digits = plain(text).replace(",", "").replace(" ", "")
        if not re.fullmatch(r"[-+]?[0-9]+(\.0*)?", digits):
            raise Refused("{noun} must be a whole number, like 3", noun=self.noun)
        number = int(digits.partition(".")[0])
        if not self.least <= number <= self.most:
            raise Refused(
                "{noun} must be between {least} and {most}",
                noun=self.noun,
                least=f"{self.least:,}",
                most=f"{self.most:,}",
            )
        return number

    def accepts(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (f"{value:,}",)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        near = {n + step for n in mentioned if isinstance(n, int) for step in (-1, 0, 1)}
        return tuple(sorted(n for n in near | {self.least, self.least + 1} if self.accepts(n)))


@dataclass(frozen=True, kw_only=True)
class Money(Text):
    """An amount in pounds, kept as text with the pence, such as "1250.00", so that nothing is rounded."""

    noun: str = "The amount"
    max_length: int = 20
    least: int = 0
    most: int = 10_000_000
    answers_as: ClassVar[str] = "number"

    def parse(self, text: str) -> Any:
        """The amount, typed with or without the pound sign, commas and pence. Raises `Refused`."""
        digits = re.sub(r"[£,\s]", "", plain(text))
        if not re.fullmatch(r"[-+]?[0-9]+(\.[0-9]{1,2})?", digits):
            raise Refused("{noun} must be an amount of money, like 600 or 193.54", noun=self.noun)
        amount = Decimal(digits)
        if not self.least <= amount <= self.most:
            raise Refused(
                "{noun} must be between £{least} and £{most}",
                noun=self.noun,
                least=f"{self.least:,}",
                most=f"{self.most:,}",
            )
        return f"{amount:.2f}"

    def typed(self, value: Any) -> Typed:
        return {"": (str(value).removesuffix(".00"),)}

    def accepts(self, value: Any) -> bool:
        return (
            isinstance(value, str)
            and re.fullmatch(r"-?[0-9]{1,12}\.[0-9]{2}", value[:20]) is not None
            and self.least <= Decimal(value) <= self.most
        )

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (pounds(Decimal(value)),)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Amounts on both sides of each amount looked for."""
        near = {n + step for n in mentioned if isinstance(n, int) for step in (-1, 0, 1)}
        kept = sorted(n for n in near | {self.least, self.least + 1} if self.least <= n <= self.most)
        return tuple(f"{n}.00" for n in kept)


def pounds(amount: Decimal) -> str:
    """An amount as GOV.UK writes it: £6,000, or £12.50 where there are pence."""
    return f"£{amount:,.2f}".removesuffix(".00")
