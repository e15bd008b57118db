"""What agents type to find somebody: as it is, misheard, mistyped, in part, in another order, in several formats."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selfservice.domain.nicknames import forms_of
from tests.speed.crowd import FIRST, Person

FEW = 15  # bearers of a name at most, where it must find one of them by itself
CONSONANTS = "bcdfghjklmnprstvwz"
MISREAD = str.maketrans("015V", "OISU")


@dataclass(frozen=True, slots=True)
class Asked:
    """One search: its kind, what is typed, and whoever is meant by their place in the crowd (None: nobody)."""

    kind: str
    query: str
    wanted: int | None = None


class Crowd:
    """Everybody, the references that some of them have, and how many bear each name."""

    def __init__(self, people: Sequence[Person], references: dict[int, str]) -> None:
        self.people, self.references = people, references
        self._bearers = Counter(person.key for person in people)
        self._few = min(FEW, max(self._bearers.values()) - 1)

    def is_common(self, person: Person) -> bool:
        """Whether so many bear the name that nobody is found by it alone."""
        return self._bearers[person.key] > self._few


Ask = Callable[[random.Random, Crowd], Asked | None]


def asked(chance: random.Random, crowd: Crowd, number: int) -> list[Asked]:
    """So many searches of all kinds in turn, in random order."""
    found: list[Asked] = []
    while len(found) < number:
        one = KINDS[len(found) % len(KINDS)](chance, crowd)
        if one is not None:
            found.append(one)
    chance.shuffle(found)
    return found


def spaced(chance: random.Random, postcode: str) -> str:
    """A postcode as people type it."""
    at = chance.choice((-3, -3, -4, len(postcode)))
    apart = f"{postcode[:at]} {postcode[at:]}".strip()
    return chance.choice((apart, apart.lower()))


def mistyped(chance: random.Random, word: str) -> str:
    """A word with one letter wrong: left out, doubled, another one, or changed over with the next."""
    if len(word) < 3:
        return word
    at = chance.randrange(len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[: at + 1] + word[at:],
            word[:at] + chance.choice(CONSONANTS) + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def _anybody(chance: random.Random, crowd: Crowd, whose: Callable[[Person], object] = bool) -> int:
    """The place of somebody whom the agent's councils know and of whom this is true."""
    while True:
        place = chance.randrange(len(crowd.people))
        person = crowd.people[place]
        if person.council != "elsewhere" and whose(person):
            return place


def _rare(chance: random.Random, crowd: Crowd) -> tuple[int, list[str]]:
    place = _anybody(chance, crowd, lambda person: not crowd.is_common(person))
    return place, crowd.people[place].name.split()


def _whole_name(chance: random.Random, crowd: Crowd) -> Asked:
    place, words = _rare(chance, crowd)
    return Asked("name", " ".join(words), place)


def _surname_first(chance: random.Random, crowd: Crowd) -> Asked:
    place, words = _rare(chance, crowd)
    return Asked("name, surname first", f"{words[-1]}, {' '.join(words[:-1])}".upper(), place)


def _without_accents(chance: random.Random, crowd: Crowd) -> Asked:
    place = _anybody(chance, crowd, lambda person: not person.name.isascii() and not crowd.is_common(person))
    return Asked("name without its accents", crowd.people[place].key, place)


def _name_mistyped(chance: random.Random, crowd: Crowd) -> Asked:
    place, words = _rare(chance, crowd)
    at = chance.randrange(len(words))
    words[at] = mistyped(chance, words[at].lower())
    return Asked("name, a letter wrong", " ".join(words), place)


def _two_letters_wrong(chance: random.Random, crowd: Crowd) -> Asked:
    """More than the words with a letter left out are made for."""
    place, words = _rare(chance, crowd)
    at = max(range(len(words)), key=lambda number: len(words[number]))
    words[at] = mistyped(chance, mistyped(chance, words[at].lower()))
    return Asked("name, two letters of a word wrong", " ".join(words), place)


def _word_too_many(chance: random.Random, crowd: Crowd) -> Asked:
    """A middle name that we were never told."""
    place, words = _rare(chance, crowd)
    return Asked("name with a word too many", " ".join([*words[:-1], chance.choice(FIRST), words[-1]]), place)


def _without_middle(chance: random.Random, crowd: Crowd) -> Asked:
    place = _anybody(chance, crowd, lambda person: person.name.count(" ") > 1)
    person = crowd.people[place]
    first, *_, last = person.name.split()
    return Asked("middle name left out, postcode", f"{first} {last} {spaced(chance, person.postcode)}", place)


def _common_mistyped(chance: random.Random, crowd: Crowd) -> Asked | None:
    """A name that many bear with a letter wrong in each word, and the postcode."""
    place = _anybody(chance, crowd, crowd.is_common)
    person = crowd.people[place]
    words = [mistyped(chance, word) for word in person.key.split()]
    return Asked(
        "common name, each word wrong, postcode",
        f"{' '.join(words)} {spaced(chance, person.postcode)}",
        place,
    )


def _nickname(chance: random.Random, crowd: Crowd) -> Asked:
    place = _anybody(chance, crowd, lambda person: len(forms_of(person.key.split()[0])) > 1)
    person = crowd.people[place]
    first, *_, last = person.key.split()
    other = chance.choice(sorted(forms_of(first) - {first}))
    return Asked("nickname and postcode", f"{other} {last} {spaced(chance, person.postcode)}", place)


def _part(chance: random.Random, crowd: Crowd) -> Asked:
    person = crowd.people[place := _anybody(chance, crowd)]
    words = person.key.split()
    return Asked(
        "initial, part, postcode", f"{words[0][0]} {words[-1][:4]} {spaced(chance, person.postcode)}", place
    )


def _surname_and_postcode(chance: random.Random, crowd: Crowd) -> Asked:
    person = crowd.people[place := _anybody(chance, crowd)]
    return Asked(
        "surname mistyped and postcode",
        f"{mistyped(chance, person.key.split()[-1])} {spaced(chance, person.postcode)}",
        place,
    )


def _phone(written: Callable[[str], str], form: str) -> Ask:
    def ask(chance: random.Random, crowd: Crowd) -> Asked:
        place = _anybody(chance, crowd, lambda person: person.phone or person.other_phone)
        person = crowd.people[place]
        phones = [phone for phone in (person.phone, person.other_phone) if phone]
        return Asked(f"phone, {form}", written(chance.choice(phones)), place)

    return ask


def _name_and_phone(chance: random.Random, crowd: Crowd) -> Asked:
    place = _anybody(chance, crowd, lambda person: person.phone)
    person = crowd.people[place]
    return Asked(
        "surname mistyped and phone",
        f"{mistyped(chance, person.key.split()[-1])} 0{str(person.phone)[3:]}",
        place,
    )


def _postcode(chance: random.Random, crowd: Crowd) -> Asked:
    return Asked("postcode", spaced(chance, crowd.people[_anybody(chance, crowd)].postcode))


def _email(chance: random.Random, crowd: Crowd) -> Asked:
    place = _anybody(chance, crowd, lambda person: person.email)
    return Asked("email", str(crowd.people[place].email).title(), place)


def _email_beginning(chance: random.Random, crowd: Crowd) -> Asked:
    place = _anybody(chance, crowd, lambda person: person.email)
    return Asked("email, its beginning", str(crowd.people[place].email).split("@")[0], place)


def _uprn(chance: random.Random, crowd: Crowd) -> Asked:
    place = _anybody(chance, crowd, lambda person: person.uprn)
    return Asked("UPRN", str(crowd.people[place].uprn).zfill(12), place)


def _reference(chance: random.Random, crowd: Crowd) -> Asked:
    place = chance.choice(list(crowd.references))
    return Asked("reference", crowd.references[place], place)


def _reference_misread(chance: random.Random, crowd: Crowd) -> Asked:
    place = chance.choice(list(crowd.references))
    prefix, drawn = crowd.references[place].split("-", 1)
    return Asked(
        "reference, misread", f"{prefix} {drawn.translate(MISREAD).replace('-', ' ')}".lower(), place
    )


def _common_alone(chance: random.Random, crowd: Crowd) -> Asked:
    person = crowd.people[_anybody(chance, crowd, crowd.is_common)]
    return Asked("common name alone", person.name)


def _word_alone(chance: random.Random, crowd: Crowd) -> Asked:
    words = crowd.people[_anybody(chance, crowd)].key.split()
    return Asked("first name or surname alone", chance.choice(words))


def _common_wrong_postcode(chance: random.Random, crowd: Crowd) -> Asked:
    """A name with a postcode that is another's: nobody fits in both."""
    person, other = crowd.people[_anybody(chance, crowd)], crowd.people[_anybody(chance, crowd)]
    return Asked("name with another's postcode", f"{person.name} {other.postcode}")


def _nobody(chance: random.Random, _crowd: Crowd) -> Asked:
    made = "".join(chance.choice("qxzjvk") + chance.choice("aeiou") for _ in range(4))
    return Asked(
        "nobody",
        chance.choice(
            (f"{made} {made[::-1]}", f"07911 {chance.randrange(10**6):06}", f"{made}@example.org", "zz1 1zz")
        ),
    )


KINDS: tuple[Ask, ...] = (
    _whole_name,
    _surname_first,
    _without_accents,
    _name_mistyped,
    _two_letters_wrong,
    _word_too_many,
    _without_middle,
    _common_mistyped,
    _nickname,
    _part,
    _surname_and_postcode,
    _phone(lambda phone: f"0{phone[3:7]} {phone[7:10]} {phone[10:]}", "07700 900 123"),
    _phone(lambda phone: f"{phone[:3]} {phone[3:7]} {phone[7:]}", "+44 7700 900123"),
    _phone(lambda phone: f"00{phone[1:]}", "00447700900123"),
    _phone(lambda phone: f"(0{phone[3:7]}) {phone[7:]}", "(01632) 960123"),
    _phone(lambda phone: phone[-6:], "its last six digits"),
    _name_and_phone,
    _postcode,
    _email,
    _email_beginning,
    _uprn,
    _reference,
    _reference_misread,
    _common_alone,
    _word_alone,
    _common_wrong_postcode,
    _nobody,
)
