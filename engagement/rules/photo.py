"""A photo as it is kept with a message: small, and nothing but the picture (FIL-02)."""

import io
from typing import BinaryIO

LONGEST_SIDE_PIXELS = 1600
CONTENT_TYPE = "image/jpeg"
_QUALITY = 80


def kept_photo(source: BinaryIO) -> bytes:
    """The picture as JPEG, at most 1,600 pixels long on each side, without place, camera or anything else.

    The type was found by content and extension before. Raises ``core.rules.image`` errors for what cannot be opened.
    """
    # Loaded by whoever keeps a photo, not by every web worker.
    from PIL import Image

    from core.rules.image import reencode_image

    with Image.open(io.BytesIO(reencode_image(source))) as picture:
        flat = picture.convert("RGB")
        flat.thumbnail((LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
        flat.info = {}
        target = io.BytesIO()
        flat.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
