"""Photos as telephones make them, with everything in them that must not be kept."""

import io

from PIL import Image


def picture(size: tuple[int, int] = (40, 30), image_format: str = "JPEG") -> io.BytesIO:
    """A photo with camera and place in its metadata."""
    exif = Image.Exif()
    exif[0x010F] = "CANARY camera"
    exif.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    Image.new("RGB", size, "green").save(target, image_format, exif=exif)
    target.seek(0)
    return target
