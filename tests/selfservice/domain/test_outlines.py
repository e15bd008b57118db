"""Outlines are small enough to send and close enough to recognise."""

import shapely

from selfservice.domain.outlines import around, simplified


def test_an_outline_keeps_to_its_number_of_points() -> None:
    shape = shapely.Point(532_650, 344_120).buffer(10_000, quad_segs=2_000)
    outline = simplified(shape, 200, approximate=False)
    assert 20 < sum(map(len, outline.rings)) <= 200
    assert all(
        52 < latitude < 54 and -1 < longitude < 1 for ring in outline.rings for latitude, longitude in ring
    )


def test_mudbanks_smaller_than_a_field_are_left_off() -> None:
    shape = shapely.MultiPolygon(
        [shapely.box(530_000, 340_000, 540_000, 350_000), shapely.box(1e5, 2e5, 1e5 + 50, 2e5 + 50)]
    )
    assert len(simplified(shape, 200, approximate=False).rings) == 1


def test_the_area_around_points_holds_them_all() -> None:
    points = [(530_000.0 + east * 500, 340_000.0 + north * 500) for east in range(10) for north in range(10)]
    area = around(points)
    assert all(area.contains(shapely.Point(point)) for point in points)
    assert around([]).is_empty
    assert simplified(around([]), 100, approximate=True).rings == ()
