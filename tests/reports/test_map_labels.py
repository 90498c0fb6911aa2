import pytest

from fotfeste.regions.outlines import load_outlines
from fotfeste.reports.map_labels import Box, area, contains, interior_point, place_labels

SQUARE = ((0, 0), (10, 0), (10, 10), (0, 10))
SHAPE_OF_C = ((0, 0), (30, 0), (30, 6), (10, 6), (10, 24), (30, 24), (30, 30), (0, 30))


def nowhere(_index, _point):
    return False


def inside(point, rings):
    x, y = point
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 <= y) != (y2 <= y) and x1 + (y - y1) * (x2 - x1) / (y2 - y1) > x:
                crossings += 1
    return crossings % 2 == 1


def test_the_area_of_known_rings():
    assert area(SQUARE) == 100
    assert area(SQUARE[::-1]) == 100
    assert area(SHAPE_OF_C) == 900 - 20 * 18


def test_the_middle_of_a_square_is_its_place():
    x, y = interior_point([SQUARE])
    assert x == pytest.approx(5)
    assert 2 < y < 8


def test_a_place_is_inside_where_the_middle_point_is_not():
    assert not inside((20, 15), [SHAPE_OF_C])
    assert inside(interior_point([SHAPE_OF_C]), [SHAPE_OF_C])


def test_holes_are_avoided():
    hole = ((2, 2), (8, 2), (8, 8), (2, 8))
    assert inside(interior_point([SQUARE, hole]), [SQUARE, hole])


def test_every_municipality_of_the_country_has_a_place_inside_it():
    outside = [
        code
        for code, rings in load_outlines().municipalities.items()
        if not inside(interior_point(rings), rings)
    ]
    assert outside == []


def test_a_flat_ring_has_a_place_too():
    assert interior_point([((1, 1), (5, 1), (3, 1))]) == (1, 1)


def test_labels_that_would_meet_are_moved_apart():
    paper = Box(0, 0, 200, 200)
    placed = place_labels([((100, 100), 60, 20)] * 4, paper, nowhere)
    boxes = [Box(x - 30, y - 10, x + 30, y + 10) for (x, y), _ in placed]
    assert placed[0] == ((100, 100), False)
    assert not any(one.meets(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])


def test_a_label_that_cannot_be_placed_stays_where_it_belongs():
    assert place_labels([((5, 5), 60, 20)], Box(0, 0, 10, 10), nowhere) == [((5, 5), False)]


def test_a_moved_label_stands_rather_on_free_ground_than_on_another_area():
    paper = Box(0, 0, 400, 400)
    wanted = [((100, 200), 20, 20), ((100, 200), 20, 20)]
    placed = place_labels(wanted, paper, lambda _, point: point != (100, 200) and point[0] < 105)
    assert placed[0] == ((100, 200), False)
    assert placed[1][0][0] >= 105


def test_inside_and_outside_are_told_apart():
    assert contains([SHAPE_OF_C], (5, 15))
    assert not contains([SHAPE_OF_C], (20, 15))
