"""The bank holidays of England and Wales, from the list that GOV.UK publishes, as a library brings it."""

from datetime import date

from govuk_bank_holidays.bank_holidays import BankHolidays


def england() -> frozenset[date]:
    """Every bank holiday of England and Wales that is known, past and to come; asks no network."""
    known = BankHolidays(use_cached_holidays=True)
    return frozenset(holiday["date"] for holiday in known.get_holidays(BankHolidays.ENGLAND_AND_WALES))
