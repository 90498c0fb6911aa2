import pytest

from fotfeste.reports import svg

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject/>",
        '<image href="picture.png"/>',
        '<rect onclick="x()"/>',
        '<use href="https://example.org/a.svg#b"/>',
        '<use xlink:href="data:image/png;base64,AA"/>',
        '<rect fill="url(https://example.org/#p)"/>',
        '<rect style="fill: url(//example.org)"/>',
        '<style>@import "x"</style>',
        '<a href="#b"><text>x</text></a>',
        "<!-- x -->",
        "<rect",
    ],
)
def test_a_picture_that_is_more_than_a_drawing_is_refused(inside):
    with pytest.raises(svg.UnsafePicture):
        svg.check(f"{HEAD}{inside}</svg>")


def test_entities_are_refused():
    with pytest.raises(svg.UnsafePicture):
        svg.check(f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}<text>&a;</text></svg>')


def test_a_picture_that_is_no_svg_is_refused():
    with pytest.raises(svg.UnsafePicture):
        svg.check("<html xmlns='http://www.w3.org/1999/xhtml'/>")


def test_a_drawing_is_returned_unchanged():
    drawing = f'{HEAD}<defs><pattern id="h0"/></defs><rect fill="url(#h0)"/><text>a &lt; b</text></svg>'
    assert svg.check(drawing) == drawing


def test_ids_of_pictures_on_the_same_page_are_kept_apart():
    drawing = f'{HEAD}<defs><pattern id="h0"/></defs><rect fill="url(#h0)"/></svg>'
    page = svg.embed(drawing, "p7", 'to > én «sitat» "x"')
    assert 'id="p7-h0"' in page
    assert "url(#p7-h0)" in page
    assert page.count('role="img"') == 1
    assert "aria-label='to &gt; én «sitat» \"x\"'" in page


def test_the_size_is_read_from_the_view_box():
    assert svg.size(f"{HEAD}</svg>") == (10, 10)
    with pytest.raises(svg.UnsafePicture):
        svg.size('<svg xmlns="http://www.w3.org/2000/svg"/>')


def test_png_has_the_width_asked_for_and_the_same_bytes_every_time():
    drawing = f"{HEAD}<text y='8'>Čø</text></svg>"
    png = svg.to_png(drawing, 300)
    svg.to_png.cache_clear()
    assert svg.to_png(drawing, 300) == png
    assert int.from_bytes(png[16:20], "big") == 300
