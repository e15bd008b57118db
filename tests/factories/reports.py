"""Reports of fly-tipping, page by page, as a person fills them in."""

from collections.abc import Iterator

Fields = dict[str, str | list[str]]


def fly_tipping(*, where: str, name: str, email: str, witnessed: bool) -> Iterator[tuple[str, Fields]]:
    """Each page's slug and what is typed into it, in the order in which they come."""
    yield "where", {"place": where}
    yield "exact-place", {"place_detail": "By the gate opposite the mill"}
    yield "land", {"land": "highway"}
    yield "what", {"what": ["tyres", "white-goods"]}
    yield "size", {"size": "car-boot"}
    yield "road", {"road": "no"}
    yield "witnessed", {"witnessed": "yes" if witnessed else "no"}
    if witnessed:
        yield "when", {"when-day": "1", "when-month": "March", "when-year": "2025", "when-time": "4pm"}
        yield "who", {"who": "Two people in overalls", "vehicle": "A white van"}
        yield "registration", {"registration": "ab12cde"}
        yield "statement", {"statement": "yes"}
    yield "photos", {"do": "continue"}
    yield "about-you", {"name": name, "email": email, "phone": ""}
