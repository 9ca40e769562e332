"""Pictures made anew, so that only the picture is kept (FIL-02)."""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps

from core.rules.upload_content import UploadError

MAX_SIDE_PIXELS = 4_000
MAX_PIXELS = 60_000_000

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 85
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    RuntimeError,
    struct.error,
)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class ImageUnreadableError(UploadError):
    """Damaged, cut off, or not an image of a format we take."""

    message = _("This picture cannot be opened. Save it again as JPEG or PNG and upload that.")


class ImageTooLargeError(UploadError):
    """More pixels than any camera makes: a small file can hold a picture that fills the memory."""

    message = _("This picture has too many pixels. Make it smaller and upload it again.")


def reencode_image(source: BinaryIO) -> bytes:
    """The same picture in the same format (JPEG, PNG or WebP), without anything else that was in the file.

    It is turned the way the camera held it, at most 4,000 pixels long on each side, and has no place, camera,
    comment, colour profile or second image. Raises ImageUnreadableError or ImageTooLargeError.
    """
    source.seek(0)
    # WeasyPrint switches this on for the whole process; half a picture is then taken for a whole one.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(source, formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ImageTooLargeError
            return _encoded(_upright(picture), picture.format or "PNG")
    except _BOMB as error:
        raise ImageTooLargeError from error
    except _DAMAGE as error:
        raise ImageUnreadableError from error


def _upright(picture: Image.Image) -> Image.Image:
    # A JPEG can be decoded smaller at once, which saves most of the memory.
    picture.draft("RGB", (MAX_SIDE_PIXELS, MAX_SIDE_PIXELS))
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    plain = turned.convert("RGBA" if turned.has_transparency_data and picture.format != "JPEG" else "RGB")
    plain.thumbnail((MAX_SIDE_PIXELS, MAX_SIDE_PIXELS))
    return plain


def _encoded(picture: Image.Image, image_format: str) -> bytes:
    # Pillow writes some of what it finds here (comment, profile, XMP) back into the new file.
    picture.info = {}
    target = io.BytesIO()
    if image_format == "PNG":
        picture.save(target, "PNG", optimize=True)
    else:
        picture.save(target, image_format, quality=_QUALITY)
    return target.getvalue()
