"""A crowd of made-up people, as a district's are: common names and rare ones, households, old and foreign names."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from selfservice.domain.naming import name_key

DISTRICTS = {
    "PE20": "boston", "PE21": "boston", "PE22": "boston", "PE23": "east-lindsey", "PE24": "east-lindsey",
    "PE25": "east-lindsey", "LN9": "east-lindsey", "LN11": "east-lindsey", "PE11": "south-holland",
    "PE12": "south-holland", "PE6": "elsewhere",
}  # fmt: skip
OF_A_DISTRICT = 800  # postcodes

# The commonest first, so that the n-th is borne by about 1/n as many as the first.
FIRST = """
David John Susan Margaret Paul Peter Michael Christine Patricia Sarah James Mark Andrew Robert Richard Stephen Mary
Karen Jacqueline Linda Helen Christopher Elizabeth Anthony Jean Thomas William Barbara Julie Alan Kevin Ann Brian
Jennifer Daniel Matthew Emma Claire Tracey Nicola Joanne Amanda Steven Simon Ian Alison Philip Graham Martin Gary
Catherine Lisa Rebecca Laura Jonathan Adam Benjamin Charlotte Gemma Rachel Samantha Louise Michelle Deborah Anne
Carol Gillian Lesley Angela Janet Maureen Sheila Kathleen Joan Dorothy Doreen Sylvia Pamela Valerie Maria Victoria
Katherine Hannah Jessica Lauren Amy Sophie Chloe Olivia Emily Grace Oliver Jack Harry George Charlie Jacob Alfie
Joshua Samuel Luke Ryan Nathan Lewis Callum Connor Liam Sean Patrick Kieran Aidan Siobhán Niamh Aoife Orla Ciarán
Gareth Rhys Dylan Owen Huw Siân Carys Megan Bethan Ffion Fergus Alasdair Hamish Iain Mhairi Isla Eilidh Morag
Krzysztof Małgorzata Agnieszka Katarzyna Tomasz Paweł Łukasz Piotr Wojciech Zbigniew Grzegorz Aleksandra Monika
Andrius Rasa Jurgita Mindaugas Daiva Vytautas Inga Ilze Jānis Andris Mihai Elena Ioana João Inês Gonçalo Zoë
Mohammed Aisha Fatima Imran Nadia Usman Zainab Priya Rajesh Anjali Vikram Sunita Chidi Ngozi Oluwaseun Adaeze
Wei Mei Ling Yan Chen Hiroshi Yuki Beatrice Edith Florence Winifred Reginald Wilfred Stanley Ernest Albert Frederick
Geoffrey Kenneth Derek Raymond Ronald Donald Gordon Leonard Douglas Roger Trevor Nigel Keith Malcolm Terence Leslie
""".split()  # noqa: SIM905 - a list of two hundred names in quotes is not read
SURNAMES = """
Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green
Hall Wood Jackson Clarke Patel Khan Lewis James Phillips Mason Mitchell Rose Davis Rodgers Cook Morgan Cooper Ward
Turner Hill Moore Clark Harrison Scott Edwards Harris Parker Bennett Shaw Hughes King Baker Adams Campbell Carter
Anderson Allen Collins Young Murphy Kelly Stewart Simpson Marshall Bell Watson Ellis Cox Richardson Wilkinson Webb
Chapman Rogers Gray Ali Hunt Mills Palmer Holmes Hussain Foster Begum Barnes Knight Lloyd Butler Russell Barker
Fisher Stevens Jenkins Dixon Murray Fletcher Hamilton Matthews Pearson Graham Reynolds Gibson Fox Reid Dawson
Thomson Brooks Harvey Lawrence Andrews Walsh Hart Saunders Payne Ryan Wells Elliott Spencer Gardner Lowe Burton
O'Brien O'Neill O'Connor McDonald MacDonald Macleod McCarthy FitzGerald Nguyen Singh Kaur Shah Ahmed Akhtar Chowdhury
Kowalski Kowalska Nowak Wiśniewski Wójcik Kamiński Lewandowska Zieliński Szymańska Dąbrowski Kozłowska Jankauskas
Kazlauskienė Petrauskas Bērziņš Kalniņa Popescu Ionescu Silva Gonçalves Müller Schröder Hernández García Ortiz
Okafor Adeyemi Nwosu Mensah Abubakar Wong Chan Cheung Tanaka Bartholomew Featherstone Cholmondeley Fotheringham
""".split()  # noqa: SIM905
BEGINNINGS = """
Ash Black Brad Brock Burn Chat Clif Cold Cran Dal Den Dun East Elm Farn Glad Gold Grim Had Ham Hart Hazel Hel Hol
Horn Kirk Lang Led Lock Long Marsh Mel Mid Nether New Nor Oak Over Pem Pick Raven Red Rush Sand Shel Skel Stan Strat
Suther Swin Thorn Thur Up Wal Wether Whit Win Wool Wrag
""".split()  # noqa: SIM905
ENDINGS = """
bank beck borough bourne bridge brook bury by cliffe combe croft dale dean field ford gate grave ham hurst land
leigh ley man marsh mere more ridge shaw side stead stone stock thorpe ton wald ward way wick wood worth
""".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Person:
    """One of the crowd, as the columns of `customers` have it."""

    name: str
    email: str | None
    phone: str | None
    other_phone: str | None
    born: date | None
    postcode: str
    uprn: str | None

    @property
    def key(self) -> str:
        """The name as it is searched for."""
        return name_key(self.name)

    @property
    def council(self) -> str:
        """The council that knows them."""
        return DISTRICTS[self.postcode[:-3]]


def crowd(number: int, seed: int) -> Iterator[Person]:
    """So many people, the same ones for the same seed."""
    chance = random.Random(seed)
    firsts, surnames = _weights(FIRST, 6), _weights(SURNAMES, 8)
    made = 0
    while made < number:
        postcode, uprn, surname = _postcode(chance), str(chance.randrange(10**7, 10**11)), ""
        for _ in range(min(chance.choice((1, 1, 2, 2, 3, 4)), number - made)):
            if not surname or chance.random() < 0.25:
                surname = _surname(chance, surnames)
            yield _person(chance, firsts, surname, postcode, uprn)
            made += 1


def _weights(names: list[str], shift: int) -> list[float]:
    total, reached = 0.0, []
    for place in range(len(names)):
        total += 1 / (place + shift)
        reached.append(total)
    return reached


def _postcode(chance: random.Random) -> str:
    """One of the district's, as postcodes are made: a digit and two letters after the district."""
    number = chance.randrange(OF_A_DISTRICT)
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return (
        f"{chance.choice(list(DISTRICTS))}{number % 10}{letters[number // 10 % 20]}{letters[number // 200]}"
    )


def _surname(chance: random.Random, weights: list[float]) -> str:
    if chance.random() < 0.45:
        surname = chance.choices(SURNAMES, cum_weights=weights)[0]
    else:
        surname = chance.choice(BEGINNINGS) + chance.choice(ENDINGS)
    if chance.random() < 0.03:
        surname = f"{surname}-{chance.choices(SURNAMES, cum_weights=weights)[0]}"
    return surname


def _person(chance: random.Random, firsts: list[float], surname: str, postcode: str, uprn: str) -> Person:
    first = chance.choices(FIRST, cum_weights=firsts)[0]
    middle = f" {chance.choices(FIRST, cum_weights=firsts)[0]}" if chance.random() < 0.25 else ""
    plain = name_key(f"{first}.{surname}").replace(" ", "")
    return Person(
        name=f"{first}{middle} {surname}",
        email=f"{plain}{chance.randrange(10_000)}@example.org" if chance.random() < 0.7 else None,
        phone=f"+447700{chance.randrange(10**6):06}" if chance.random() < 0.85 else None,
        other_phone=f"+441632{chance.randrange(10**6):06}" if chance.random() < 0.3 else None,
        born=date(1930, 1, 1) + timedelta(chance.randrange(28_000)) if chance.random() < 0.8 else None,
        postcode=postcode,
        uprn=uprn if chance.random() < 0.8 else None,
    )  # fmt: skip
