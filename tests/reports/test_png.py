import struct
import zlib

import pytest
import vl_convert

from fotfeste.reports.png import SIGNATURE, pack

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><circle cx="99" cy="90" r="80" fill="red"/></svg>'


def chunks(png):
    place, found = len(SIGNATURE), {}
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        kind, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        (check,) = struct.unpack_from(">I", png, place + 8 + length)
        assert check == zlib.crc32(kind + content)
        found[kind] = found.get(kind, b"") + content
        place += 12 + length
    return found


def test_a_packed_picture_is_smaller_and_has_the_same_pixels():
    png = vl_convert.svg_to_png(DRAWING)
    packed = pack(png, 200)
    before, after = chunks(png), chunks(packed)
    assert len(packed) < len(png)
    assert after[b"IHDR"] == before[b"IHDR"]
    assert zlib.decompress(after[b"IDAT"]) == zlib.decompress(before[b"IDAT"])


def test_the_resolution_is_written():
    assert struct.unpack(">IIB", chunks(pack(vl_convert.svg_to_png(DRAWING), 200))[b"pHYs"]) == (
        7874,
        7874,
        1,
    )


def test_another_kind_of_file_is_refused():
    with pytest.raises(ValueError, match="PNG"):
        pack(b"GIF89a", 200)
