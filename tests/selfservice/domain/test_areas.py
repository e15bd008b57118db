"""Whose a point is: inside, on a border, a little outside, or told by the nearest postcode."""

import shapely

from selfservice.domain.areas import Area, Areas, Authority, Layer, Located

BOSTON = Area("E07000136", "Boston", shapely.box(0, 0, 1000, 1000), "a file (2025)")
KESTEVEN = Area("E07000139", "North Kesteven", shapely.box(-1000, 0, 0, 1000), "a file (2025)")
NAMES = {
    area.code: Authority(area.code, area.name, f"{area.name} Council", "https://example.org")
    for area in (BOSTON, KESTEVEN)
}
DRAWN = Areas(slugs={BOSTON.code: "boston"}, authorities=NAMES, boundaries=Layer([KESTEVEN, BOSTON]))
UNDRAWN = Areas(slugs={BOSTON.code: "boston"}, authorities=NAMES)


def _nothing(_besides: frozenset[str]) -> None:
    return None


def _near(code: str, metres: float):  # type: ignore[no-untyped-def]
    return lambda besides: None if code in besides else (Located("PE21 6RY", 0, 0, code), metres)


def test_a_point_inside_belongs_to_the_area_around_it() -> None:
    owner = DRAWN.owner(500, 500, _nothing)
    assert (owner.council, owner.margin, owner.approximate, owner.source) == (
        "boston",
        0,
        False,
        "a file (2025)",
    )


def test_a_point_on_the_border_always_goes_the_same_way() -> None:
    for layer in ([KESTEVEN, BOSTON], [BOSTON, KESTEVEN]):
        hit = Layer(layer).at(0, 500)
        assert hit is not None
        assert hit.area.code == BOSTON.code


def test_a_point_within_25_metres_outside_belongs_to_the_nearest_and_keeps_its_margin() -> None:
    owner = DRAWN.owner(1017, 500, _nothing)
    assert (owner.council, owner.margin) == ("boston", 17)


def test_a_point_farther_outside_is_nobody_known() -> None:
    owner = DRAWN.owner(1026, 500, _nothing)
    assert (owner.council, owner.authority) == (None, None)


def test_at_the_same_distance_outside_the_tie_goes_the_same_way() -> None:
    for layer in ([KESTEVEN, BOSTON], [BOSTON, KESTEVEN]):
        hit = Layer(layer).at(0, 1010)
        assert hit is not None
        assert (hit.area.code, hit.margin) == (BOSTON.code, 10)


def test_a_neighbour_is_named() -> None:
    owner = DRAWN.owner(-500, 500, _nothing)
    assert owner.council is None
    assert owner.authority is not None
    assert owner.authority.name == "North Kesteven"


def test_outside_a_loaded_boundary_the_nearest_postcode_does_not_bring_it_back() -> None:
    assert DRAWN.owner(2000, 500, _near(BOSTON.code, 10)).council is None


def test_without_boundaries_the_nearest_postcode_tells_approximately() -> None:
    owner = UNDRAWN.owner(500, 500, _near(BOSTON.code, 300))
    assert (owner.council, owner.approximate) == ("boston", True)


def test_beyond_five_kilometres_from_any_postcode_nothing_is_told() -> None:
    assert UNDRAWN.owner(500, 500, _near(BOSTON.code, 5_001)).council is None


def test_a_ward_is_told_where_wards_are_loaded() -> None:
    areas = Areas(
        slugs={BOSTON.code: "boston"},
        boundaries=Layer([BOSTON]),
        wards=Layer([Area("E05005551", "Skirbeck", shapely.box(0, 0, 500, 500), "wards")]),
    )
    assert areas.owner(100, 100, _nothing).ward == "Skirbeck"
    assert areas.owner(900, 900, _nothing).ward is None
