"""The forms kit. What the author of a service needs is all here: `from forms.kit import Page, Radios, Service …`."""

from forms.kit.accounts import BankAccount, CouncilTaxAccount, NationalInsuranceNumber
from forms.kit.addresses import Address, Property
from forms.kit.chosen import Checkboxes, Declaration, Radios, Select, YesNo
from forms.kit.comparing import After, Ago, Before, EarlierToday, MoreThan
from forms.kit.conditions import Answered, AnswerTo, Includes, Is, IsNot, OneOf, Ticked
from forms.kit.contacts import Email, Name, Phone, VehicleRegistration
from forms.kit.dates import Date, Moment
from forms.kit.files import Files, Photos
from forms.kit.located import PlaceQuestion
from forms.kit.questions import Choice, Information, Point
from forms.kit.service import (
    AtLeastOne,
    Duty,
    Kind,
    Link,
    Nearby,
    Page,
    Price,
    Promise,
    Service,
    Start,
    Stop,
    To,
    Topic,
    WorkingDays,
    Years,
    ask,
)
from forms.kit.several import AddAnother
from forms.kit.times import MonthYear, Time
from forms.kit.whereabouts import InArea, OutsidePartnership, SameArea, Within
from forms.kit.written import LongText, Money, Number, Text
from selfservice.domain.people import Verification

__all__ = [
    "AddAnother",
    "Address",
    "After",
    "Ago",
    "AnswerTo",
    "Answered",
    "AtLeastOne",
    "BankAccount",
    "Before",
    "Checkboxes",
    "Choice",
    "CouncilTaxAccount",
    "Date",
    "Declaration",
    "Duty",
    "EarlierToday",
    "Email",
    "Files",
    "InArea",
    "Includes",
    "Information",
    "Is",
    "IsNot",
    "Kind",
    "Link",
    "LongText",
    "Moment",
    "Money",
    "MonthYear",
    "MoreThan",
    "Name",
    "NationalInsuranceNumber",
    "Nearby",
    "Number",
    "OneOf",
    "OutsidePartnership",
    "Page",
    "Phone",
    "Photos",
    "PlaceQuestion",
    "Point",
    "Price",
    "Promise",
    "Property",
    "Radios",
    "SameArea",
    "Select",
    "Service",
    "Start",
    "Stop",
    "Text",
    "Ticked",
    "Time",
    "To",
    "Topic",
    "VehicleRegistration",
    "Verification",
    "Within",
    "WorkingDays",
    "Years",
    "YesNo",
    "ask",
]
