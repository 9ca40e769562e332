import io
import struct
import zlib
from collections.abc import Iterable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image, ImageFile

from core.rules.image import ImageTooLargeError, ImageUnreadableError, reencode_image
from core.rules.upload import MAX_BYTES, AcceptedFile, FileKind, clean_filename, inspect_upload
from core.rules.upload_content import (
    EmptyFileError,
    FileMismatchError,
    FileTooLargeError,
    FileTypeError,
    ProtectedFileError,
    UnsafeFileError,
    UploadError,
)
from core.tabular.reading import Row, open_table
from tests.core.tabular.workbooks import archive, archive_with_link, compound_file, workbook

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ALL = tuple(FileKind)


def office(main_part: str, *names: str, types: bytes = b"<Types/>") -> bytes:
    return members({"[Content_Types].xml": types, main_part: b"x", **dict.fromkeys(names, b"x")})


def members(content: dict[str, bytes]) -> bytes:
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as built:
        for name, part in content.items():
            built.writestr(name, part)
    return target.getvalue()


def odt(**more: bytes) -> bytes:
    parts = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
    return members({**parts, **{name.replace("__", "/"): part for name, part in more.items()}})


def picture(image_format: str, *, size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(target, image_format, **options)
    return target.getvalue()


def inspected(content: bytes, name: str, allowed: Iterable[FileKind] = ALL) -> AcceptedFile:
    return inspect_upload(io.BytesIO(content), filename=name, size=len(content), allowed=tuple(allowed))


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (picture("JPEG"), "foto.JPG", FileKind.IMAGE),
        (picture("PNG"), "logo.png", FileKind.IMAGE),
        (picture("WEBP"), "logo.webp", FileKind.IMAGE),
        (PDF, "accordo.pdf", FileKind.PDF),
        (office("word/document.xml"), "accordo.docx", FileKind.DOCUMENT),
        (workbook([["a"], ["b"]]), "budget.xlsx", FileKind.SPREADSHEET),
        (office("ppt/presentation.xml"), "slides.pptx", FileKind.PRESENTATION),
        (odt(), "verbale.odt", FileKind.DOCUMENT),
        (b"nome,citt\xc3\xa0\nAnna,Forl\xc3\xac\n", "elenco.csv", FileKind.TABLE),
        ("nome;città\n".encode("cp1252"), "elenco.csv", FileKind.TABLE),
        ("nome;città\nAnna;Forlì\n".encode("utf-16"), "elenco.csv", FileKind.TABLE),
        (b"BM;MZ\n1;2\n", "sigle.csv", FileKind.TABLE),
        (b"MZ;a\n1;2\n", "sigle.csv", FileKind.TABLE),
        (b"3 < 4, davvero\n", "note.txt", FileKind.TEXT),
        (b"# Verbale\n\nPresenti: 3 <https://example.org>\n", "verbale.md", FileKind.TEXT),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "a.ics", FileKind.CALENDAR),
        (b"BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n", "a.vcf", FileKind.CONTACTS),
    ],
)
def test_honest_file_is_accepted(content: bytes, name: str, kind: FileKind) -> None:
    source = io.BytesIO(content)
    accepted = inspect_upload(source, filename=name, size=len(content), allowed=ALL)
    assert accepted.kind is kind
    assert accepted.extension == "." + name.rpartition(".")[2].lower()
    assert source.tell() == 0


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "logo.svg", FileTypeError),
        (b"<svg onload='alert(1)'/>", "logo.png", FileMismatchError),
        (b"<!doctype html><script>alert(1)</script>", "page.html", FileTypeError),
        (b"<!doctype html><script>alert(1)</script>", "page.txt", FileMismatchError),
        (b"\xef\xbb\xbf  <script>alert(1)</script>", "page.csv", FileMismatchError),
        (b"<?php system($_GET[0]);", "a.txt", FileMismatchError),
        (b"MZ\x90\x00\x03\x00\x00\x00", "setup.exe", FileTypeError),
        (b"MZ\x90\x00\x03\x00\x00\x00", "setup.pdf", FileMismatchError),
        (b"MZ\x90\x00\x03\x00\x00\x00", "setup.csv", FileMismatchError),
        (PDF, "a.txt", FileMismatchError),
        (b"GIF89a,b\n1,2\n", "a.csv", FileMismatchError),
        (b"\x7fELF\x02\x01\x01", "a.txt", FileMismatchError),
        (b"#!/bin/sh\nrm -rf /\n", "a.txt", FileMismatchError),
        (PDF, "foto.pdf.exe", FileTypeError),
        (PDF, "accordo\u202efdp.exe", FileTypeError),
        (PDF, "senza", FileTypeError),
        (PDF, "foto.jpg", FileMismatchError),
        (picture("PNG"), "foto.jpg", FileMismatchError),
        (picture("GIF"), "a.gif", FileTypeError),
        (b"\x00\x00\x00\x18ftypheic", "IMG_1.HEIC", FileTypeError),
        (b"", "a.pdf", EmptyFileError),
        (PDF[:-7], "a.pdf", FileMismatchError),
        (PDF.replace(b"/Root", b"/Encrypt 5 0 R/Root"), "a.pdf", ProtectedFileError),
        (PDF.replace(b"/Type", b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Type"), "a.pdf", UnsafeFileError),
        (PDF.replace(b"/Type", b"/OpenAction<</S/J#61vaScript >>/Type"), "a.pdf", UnsafeFileError),
        (PDF.replace(b"/Type", b"/A<</S/Launch/F(x)>>/Type"), "a.pdf", UnsafeFileError),
        (PDF + archive(["x.html"]), "a.pdf", UploadError),
        (b"GIF89a" + PDF, "a.pdf", FileMismatchError),
        (office("word/document.xml", "word/vbaProject.bin"), "a.docx", UnsafeFileError),
        (office("word/document.xml", "word/activeX/activeX1.xml"), "a.docx", UnsafeFileError),
        (office("word/document.xml", "word/embeddings/oleObject1.bin"), "a.docx", UnsafeFileError),
        (office("word/document.xml", types=b"<x ContentType='x.macroEnabled.main+xml'/>"), "a.docx", UnsafeFileError),
        (office("word/document.xml"), "a.docm", UnsafeFileError),
        (office("xl/workbook.xml"), "a.docx", FileMismatchError),
        (archive(["a.txt"]), "a.docx", FileMismatchError),
        (archive(["a.txt"]), "a.zip", FileTypeError),
        (office("word/document.xml", "../../x"), "a.docx", UnsafeFileError),
        (archive_with_link("word/document.xml", "/etc/passwd"), "a.docx", UnsafeFileError),
        (members({"[Content_Types].xml": b"x", "word/document.xml": bytes(30_000_000)}), "a.docx", UnsafeFileError),
        (office("word/document.xml") + b"<script>", "a.docx", UnsafeFileError),
        (compound_file("EncryptedPackage"), "a.docx", ProtectedFileError),
        (compound_file("WordDocument"), "a.docx", FileMismatchError),
        (compound_file("WordDocument"), "a.doc", FileTypeError),
        (odt(Basic__Standard__Module1=b"x"), "a.odt", UnsafeFileError),
        (odt(**{"META-INF__manifest.xml": b"<manifest:encryption-data/>"}), "a.odt", ProtectedFileError),
        (odt(), "a.ods", FileMismatchError),
        (b"hello", "a.ics", FileMismatchError),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a.webp", FileMismatchError),
        (b"a,b\n" * 70_000 + b"\x00", "a.csv", FileMismatchError),
    ],
)
def test_hostile_or_wrong_file_is_refused_with_a_reason(content: bytes, name: str, error: type[UploadError]) -> None:
    with pytest.raises(error) as caught:
        inspected(content, name)
    assert len(str(caught.value)) > 15


def test_kind_that_is_not_asked_for_is_refused() -> None:
    with pytest.raises(FileTypeError):
        inspected(PDF, "a.pdf", [FileKind.IMAGE])


def test_real_and_claimed_size_are_both_limited() -> None:
    too_long = b"a" * (MAX_BYTES[FileKind.TEXT] + 1)
    with pytest.raises(FileTooLargeError, match="2 MB"):
        inspect_upload(io.BytesIO(too_long), filename="a.txt", size=5, allowed=ALL)
    with pytest.raises(FileTooLargeError):
        inspect_upload(io.BytesIO(b"a"), filename="a.txt", size=len(too_long), allowed=ALL)


def test_word_between_two_pieces_is_found() -> None:
    filler = b"%" + b"x" * (256 * 1024 - 20)
    content = PDF[:9] + filler + b"\n<</S/JavaScript >>\n" + PDF[9:]
    for shift in range(0, 24, 3):
        with pytest.raises(UnsafeFileError):
            inspected(content.replace(b"%xxx", b"%" + b"x" * (3 + shift), 1), "a.pdf")


def test_file_as_django_gives_it_is_accepted_and_read() -> None:
    content = "nome;citt\u00e0\nAnna;Forl\u00ec\n".encode("cp1252")
    small = SimpleUploadedFile("elenco.csv", content)
    large = TemporaryUploadedFile("elenco.csv", "text/csv", len(content), None)
    large.write(content)
    for upload in (small, large):
        inspect_upload(upload, filename=upload.name, size=upload.size, allowed=ALL)
        with open_table(upload, filename=upload.name) as table:
            assert [row.texts for row in table if isinstance(row, Row)] == [("Anna", "Forl\u00ec")]
        assert not upload.closed
        upload.close()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("C:\\Users\\anna\\Accordo quadro.pdf", "Accordo quadro.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ('a"b\r\nX: y.pdf', "a_b X_ y.pdf"),
        ("perché no.pdf", "perché no.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_name_is_fit_to_be_shown(given: str, expected: str) -> None:
    assert clean_filename(given) == expected


def with_exif(image_format: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera di prova"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (44.0, 30.0, 0.0)
    return picture(image_format, exif=exif.tobytes(), **({"comment": b"segreto"} if image_format == "JPEG" else {}))


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_picture_loses_place_and_camera_and_stands_upright(image_format: str) -> None:
    content = with_exif(image_format)
    assert Image.open(io.BytesIO(content)).getexif()
    clean = reencode_image(io.BytesIO(content))
    made = Image.open(io.BytesIO(clean))
    assert made.format == image_format
    assert made.size == (20, 40)
    assert not made.getexif()
    assert not {"comment", "exif", "xmp", "icc_profile"} & made.info.keys()
    assert b"Camera di prova" not in clean
    assert b"segreto" not in clean


def test_what_is_glued_to_a_picture_is_gone() -> None:
    clean = reencode_image(io.BytesIO(picture("PNG") + archive(["evil.html"]) + b"<script>alert(1)</script>"))
    assert b"PK" not in clean
    assert b"script" not in clean


def test_transparency_is_kept() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(target, "PNG")
    assert Image.open(io.BytesIO(reencode_image(target))).mode == "RGBA"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_every_mode_is_read(mode: str) -> None:
    target = io.BytesIO()
    Image.new("L", (4, 4), 9).convert(mode if mode != "I;16" else "I").convert(mode).save(
        target, "JPEG" if mode == "CMYK" else "PNG"
    )
    assert Image.open(io.BytesIO(reencode_image(target))).mode in {"RGB", "RGBA"}


def test_large_picture_becomes_smaller() -> None:
    made = Image.open(io.BytesIO(reencode_image(io.BytesIO(picture("JPEG", size=(5_000, 100))))))
    assert made.size == (4_000, 80)


def test_only_the_first_of_several_pictures_is_kept() -> None:
    target = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:])
    assert getattr(Image.open(io.BytesIO(reencode_image(target))), "n_frames", 1) == 1


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30_000, 30_000), (10_000, 6_001)])
def test_picture_of_too_many_pixels_is_refused_before_it_is_opened(size: tuple[int, int]) -> None:
    with pytest.raises(ImageTooLargeError):
        reencode_image(io.BytesIO(png_claiming(*size)))


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"<svg/>", picture("GIF"), picture("JPEG")[:200], picture("PNG")[:60], png_claiming(10, 10), PDF],
)
def test_what_is_no_whole_picture_is_refused(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ImageUnreadableError):
        reencode_image(io.BytesIO(content))


def test_changed_bytes_in_a_picture_never_crash() -> None:
    for image_format in ("JPEG", "PNG", "WEBP"):
        content = picture(image_format)
        for at in range(2, len(content), 7):
            broken = bytearray(content)
            broken[at] ^= 0xFF
            try:
                reencode_image(io.BytesIO(bytes(broken)))
            except UploadError:
                continue
