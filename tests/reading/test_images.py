"""Images: which files are taken, what is known of them, and what is said of the others."""

import errno
import hashlib
import os
import pickle
import re
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BufferedReader, BytesIO
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

import pytest
from PIL import Image, ImageFile

from octopub.diagnostics import MachineError, Span
from octopub.reading import pictures
from octopub.reading.images import Shelf

HERE = Span(7, 3, 7, 4)


def picture(form: str = "PNG", size: tuple[int, int] = (6, 4), mode: str = "RGB", **options: object) -> bytes:
    file = BytesIO()
    noise = Random(0).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, noise).convert(mode).save(file, form, **options)
    return file.getvalue()


def upright_photograph() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture("JPEG", (60, 40), exif=exif)


def animation() -> bytes:
    frames = [Image.new("P", (6, 4), colour) for colour in (0, 1)]
    return picture("GIF", save_all=True, append_images=frames)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder, with a manuscript's folder inside and a secret beside it."""
    (tmp_path / "secret.png").write_bytes(picture())
    (tmp_path / "book/manuscript/images").mkdir(parents=True)
    return tmp_path / "book"


def shelf(project: Path) -> Shelf:
    return Shelf("essay.md", project / "manuscript", project)


# Every e repeats the one before ten times.
AMPLIFIED = (
    b"<!DOCTYPE svg [<!ENTITY e0 'ha'>"
    + b"".join(b"<!ENTITY e%d '%s'>" % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 9))
    + b"]><svg><g class='&e8;'/></svg>"
)

GOOD = {
    "PNG": (picture("PNG"), "image/png", "png", (6, 4)),
    "PNG, grey": (picture("PNG", mode="L"), "image/png", "png", (6, 4)),
    "JPEG": (picture("JPEG", (61, 43)), "image/jpeg", "jpg", (61, 43)),
    "JPEG for print": (picture("JPEG", mode="CMYK"), "image/jpeg", "jpg", (6, 4)),
    "JPEG, held upright": (upright_photograph(), "image/jpeg", "jpg", (40, 60)),
    "GIF": (picture("GIF"), "image/gif", "gif", (6, 4)),
    "GIF, moving": (animation(), "image/gif", "gif", (6, 4)),
    "WebP": (picture("WEBP"), "image/webp", "webp", (6, 4)),
}


@pytest.mark.parametrize(("data", "media_type", "suffix", "size"), GOOD.values(), ids=GOOD)
def test_a_picture(project: Path, data: bytes, media_type: str, suffix: str, size: tuple[int, int]) -> None:
    # The suffix lies: only the content counts.
    (project / "manuscript/images/Fig. 1.bin").write_bytes(data)
    resource, complaints = shelf(project).load("images/Fig.%201.bin", HERE)
    assert complaints == ()
    assert resource is not None
    assert (resource.path, resource.name) == ("images/Fig.%201.bin", f"images/fig-1.{suffix}")
    assert (resource.media_type, resource.width, resource.height) == (media_type, *size)
    assert (resource.digest, resource.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert resource.read() == data


def test_a_drawing_is_cleaned_and_complained_about_once(project: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1in" height="48"><script/><rect/></svg>'
    (project / "manuscript/a.png").write_text(drawing)
    stock = shelf(project)
    resource, complaints = stock.load("a.png", HERE)
    assert resource is not None
    said = (
        "essay.md:7:3: warning: the drawing “a.png” holds a script; that part is left out; "
        "save it as plain SVG [svg-unsafe]"
    )
    assert [str(each) for each in complaints] == [said]
    assert (resource.name, resource.media_type) == ("images/a.svg", "image/svg+xml")
    assert (resource.width, resource.height) == (96, 48)
    content = resource.read()
    assert (resource.digest, resource.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert b"script" not in content
    assert stock.load("a.png", HERE) == (resource, ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_drawing_in_any_encoding(project: Path, encoding: str) -> None:
    drawing = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n<svg><title>ä</title></svg>'
    (project / "manuscript/a.svg").write_bytes(drawing.encode(encoding))
    resource, _ = shelf(project).load("a.svg", HERE)
    assert resource is not None
    assert "ä" in resource.read().decode()


NAMES = {
    "a.png": "images/a.png",
    "images/a.png": "images/a-2.png",
    "./a.png": "images/a.png",
    "images/../a.png": "images/a.png",
    "link.png": "images/a.png",
    "images/Ä.png": "images/a-3.png",
    "images/%C3%84.png": "images/a-3.png",
    "images/日本.png": "images/image.png",
    "../Root_of it!.png": "images/root-of-it.png",
}


def test_a_file_is_one_resource_however_it_is_spelt_and_names_are_unique(project: Path) -> None:
    for path in ("a.png", "images/a.png", "images/Ä.png", "images/日本.png", "../Root_of it!.png"):
        (project / "manuscript" / path).write_bytes(picture())
    (project / "manuscript/link.png").symlink_to("a.png")
    stock = shelf(project)
    found = {path: stock.load(path, HERE)[0] for path in NAMES}
    assert {path: resource and resource.name for path, resource in found.items()} == NAMES
    assert [resource.name for resource in stock.resources] == list(dict.fromkeys(NAMES.values()))


def test_a_cover_is_listed_only_where_the_text_shows_it_too(project: Path) -> None:
    (project / "manuscript/cover.png").write_bytes(picture())
    stock = shelf(project)
    cover, _ = stock.load("cover.png", HERE, listed=False)
    assert (cover is not None, stock.resources) == (True, ())
    stock.load("cover.png", HERE)
    assert stock.resources == (cover,)


OUTSIDE = [
    "../../secret.png",
    "images/../../../secret.png",
    "..%2F..%2Fsecret.png",
    "../../no-such-file.png",
    "link-to-secret.png",
    "link-to-outside/secret.png",
    "/etc/passwd",
    "//example.org/a.png",
    "http://example.org/a.png",
    "HTTPS://example.org/a.png",
    "file:///etc/passwd",
    "file:a.png",
    "data:image/png;base64,iVBORw0KGgo=",
    "C:\\a.png",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_outside(project: Path, path: str) -> None:
    (project / "manuscript/link-to-secret.png").symlink_to(project.parent / "secret.png")
    (project / "manuscript/link-to-outside").symlink_to(project.parent)
    resource, complaints = shelf(project).load(path, HERE)
    shown = path.replace("%2F", "/")
    assert resource is None
    said = (
        f"essay.md:7:3: error: the image “{shown}” lies outside the project folder, or on the network; "
        "copy it into the project folder [image-outside]"
    )
    assert [str(each) for each in complaints] == [said]


MISSING = {
    "images/a.png": "",
    "images/figure1.jpg": ", did you mean “images/figure1.png”?",
    "images/Fig1.png": ", did you mean “images/figure1.png”?",
    "./figur1.png": "",
    "no-such-folder/a.png": "",
    "manuscript.md/a.png": "",
    "images/x%00y.png": "",
    "images/%1B[31mx.png": "",
    "": "",
}


@pytest.mark.parametrize(("path", "nearest"), MISSING.items())
def test_missing(project: Path, path: str, nearest: str) -> None:
    (project / "manuscript/manuscript.md").touch()
    (project / "manuscript/images/figure1.png").touch()
    (project / "manuscript/images/b.png").touch()
    resource, complaints = shelf(project).load(path, HERE)
    shown = path.replace("%00", "\ufffd").replace("%1B", "\ufffd")
    assert resource is None
    said = (
        f"essay.md:7:3: error: there is no image “{shown}”{nearest}; "
        "put the file there, or mend the path (it counts from the manuscript's folder) [image-missing]"
    )
    assert [str(each) for each in complaints] == [said]


GONE = {
    "images/figure1.png": "",
    "images/figure1.png?x=1#here": "",
    "images/figure1.pdf": " (nothing is there, did you mean “images/figure1.png”?)",
    "chapters/two.md#start": " (nothing is there)",
    "images/": "",
    "/etc/no-such-file": "",
    "../../no-such-file.md": "",
    "?": "",
}


@pytest.mark.parametrize(("target", "said"), GONE.items())
def test_gone(project: Path, target: str, said: str) -> None:
    (project / "manuscript/images/figure1.png").touch()
    assert shelf(project).tell_gone(target) == said
    assert Shelf("<text>", None, None).tell_gone(target) == ""


def test_a_text_without_a_folder_has_no_images() -> None:
    nowhere = Shelf("<text>", None, None)
    assert [nowhere.load(path, HERE)[1][0].code.slug for path in ("a.png", "/a.png", "http://a/b")] == [
        "image-missing",
        "image-outside",
        "image-outside",
    ]


TRUNCATED = r"image file is truncated( \(\d+ bytes not processed\))?"
DAMAGED = {
    "empty": (b"", "it is empty"),
    "only a PNG's beginning": (picture("PNG")[:8], "its beginning is damaged"),
    "only a JPEG's beginning": (picture("JPEG")[:4], "its beginning is damaged"),
    "truncated PNG": (picture("PNG", (90, 90))[:-400], TRUNCATED),
    "truncated JPEG": (picture("JPEG", (90, 90))[:-400], TRUNCATED),
    "truncated GIF": (picture("GIF", (90, 90))[:-400], TRUNCATED),
    "truncated WebP": (picture("WEBP", (90, 90))[:-400], "could not create decoder object"),
    "PNG with a wrong byte": (picture("PNG").replace(b"IDATx", b"IDATy"), "broken data stream .+"),
    "drawing not closed": (b"<svg><g></svg>", "opening and ending tag mismatch: g line 1 and svg.+"),
    "drawing of entities": (AMPLIFIED, "maximum entity amplification factor exceeded.+"),
}


def test_two_damaged_ones_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second begins while the first is looked at, and ends behind it; Pillow has been told to take both."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    begun, first_ended, measure = (Event(), Event()), Event(), pictures._measure
    file = tmp_path / "a.png"
    file.write_bytes(picture("PNG", (90, 90))[:-400])

    def slowly(stream: BufferedReader, form: Any, limit: int) -> Any:
        is_first = not begun[0].is_set()
        begun[not is_first].set()
        (begun[1] if is_first else first_ended).wait(0.3)
        return measure(stream, form, limit)

    def said() -> str:
        with file.open("rb") as stream, pytest.raises(pictures.RefusalError) as refused:
            pictures.examine(stream, file)
        first_ended.set()
        return refused.value.reason

    monkeypatch.setattr(pictures, "_measure", slowly)
    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(said), threads.submit(said)]
    assert [re.fullmatch(TRUNCATED, each.result()) is not None for each in both] == [True, True]
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


@pytest.mark.parametrize(("data", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_damaged(project: Path, data: bytes, reason: str) -> None:
    """The reasons are Pillow's and libxml2's, so their wording is theirs."""
    (project / "manuscript/a.png").write_bytes(data)
    resource, (complaint,) = shelf(project).load("a.png", HERE)
    assert resource is None
    said = r"essay.md:7:3: error: the image “a.png” cannot be read: {}; save it anew \[image-unreadable\]"
    assert re.fullmatch(said.format(reason), str(complaint)), complaint


def test_no_ordinary_files(project: Path) -> None:
    folder = project / "manuscript"
    os.mkfifo(folder / "pipe.png")
    (folder / "circle.png").symlink_to("circle.png")
    (folder / "device.png").symlink_to("/dev/zero")
    reasons = {
        path: shelf(project).load(path, HERE)[1][0].message.partition("; ")[0]
        for path in ("images", "pipe.png", "circle.png", "device.png", "a" * 300)
    }
    assert reasons == {
        "images": "the image “images” cannot be read: it is a folder",
        "pipe.png": "the image “pipe.png” cannot be read: it is no ordinary file",
        "circle.png": "the image “circle.png” cannot be read: too many levels of symbolic links",
        "device.png": "the image “device.png” lies outside the project folder, or on the network",
        "a" * 300: f"the image “{'a' * 79}…” cannot be read: file name too long",
    }


def test_a_file_that_may_not_be_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (project / "manuscript/a.png").write_bytes(picture())
    monkeypatch.setattr(Path, "open", refuse)  # a superuser's tests may read every file
    _, (complaint,) = shelf(project).load("a.png", HERE)
    assert complaint.message == "the image “a.png” cannot be read: permission denied; save it anew"


@pytest.mark.parametrize("side", [10_001, 13_000, 20_000, 2_000_000_000])
def test_more_pixels_than_any_page_prints(project: Path, side: int) -> None:
    """What a picture claims is refused before it is unpacked. Pillow warns of some, and raises for others."""
    honest = picture("PNG")
    claim = b"IHDR" + side.to_bytes(4, "big") * 2 + honest[24:29]
    bomb = honest[:12] + claim + zlib.crc32(claim).to_bytes(4, "big") + honest[33:]
    (project / "manuscript/a.png").write_bytes(bomb)
    resource, complaints = shelf(project).load("a.png", HERE)
    assert resource is None
    said = (
        "essay.md:7:3: error: the image “a.png” cannot be read: it has more than 100 million pixels; "
        "save it anew [image-unreadable]"
    )
    assert [str(each) for each in complaints] == [said]


FOREIGN = {
    "TIFF": (picture("TIFF"), "TIFF"),
    "BMP": (picture("BMP"), "BMP"),
    "JPEG 2000": (picture("JPEG2000"), "JPEG 2000"),
    "icon": (picture("ICO", (16, 16)), "ICO"),
    "AVIF": (b"\0\0\0\x20ftypavif\0\0\0\0", "AVIF"),
    "photograph of a telephone": (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIF"),
    "PDF": (b"%PDF-1.7\n", "PDF"),
    "compressed drawing": (b"\x1f\x8b\x08\0", "a compressed file, perhaps SVGZ"),
    "web page": (b"<!DOCTYPE html>\n<title>404</title>", "HTML"),
    "other XML": (b'<?xml version="1.0"?><office/>', "XML, its root element is <office>"),
    "words": (b"This is no picture.", "unknown"),
    "noise": (bytes(range(128, 256)), "unknown"),
}


@pytest.mark.parametrize(("data", "found"), FOREIGN.values(), ids=FOREIGN)
def test_other_kinds(project: Path, data: bytes, found: str) -> None:
    (project / "manuscript/a.png").write_bytes(data)
    resource, complaints = shelf(project).load("a.png", HERE)
    assert resource is None
    said = (
        f"essay.md:7:3: error: “a.png” is of a kind that books cannot show ({found}); "
        "save it as PNG, JPEG, GIF, WebP or SVG [image-format]"
    )
    assert [str(each) for each in complaints] == [said]


def test_a_file_that_changes_during_the_build(project: Path) -> None:
    file = project / "manuscript/a.png"
    file.write_bytes(picture())
    resource, _ = shelf(project).load("a.png", HERE)
    assert resource is not None
    file.write_bytes(picture(size=(3, 3)))
    with pytest.raises(MachineError, match=r"a\.png was changed during the build"):
        resource.read()
    file.unlink()
    with pytest.raises(MachineError, match=r"a\.png cannot be read any more: No such file"):
        resource.read()


def test_a_resource_can_go_to_another_process(project: Path) -> None:
    (project / "manuscript/a.png").write_bytes(picture())
    (project / "manuscript/b.svg").write_text("<svg/>")
    for path in ("a.png", "b.svg"):
        resource, _ = shelf(project).load(path, HERE)
        assert resource is not None
        assert pickle.loads(pickle.dumps(resource)).read() == resource.read()


def test_the_libraries_wait_for_a_picture() -> None:
    """Each costs as much as the reading of a whole essay."""
    late = "{'PIL', 'tinycss2', 'octopub.reading.svg'}"
    program = f"import sys, octopub.reading.images; sys.exit(bool({late} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_only_the_plug_in_that_is_needed(project: Path) -> None:
    (project / "manuscript/a.webp").write_bytes(picture("WEBP"))
    program = (
        "import sys; from pathlib import Path; from octopub.reading.images import Shelf; "
        f"Shelf('a', Path({str(project)!r}), Path({str(project)!r})).load('manuscript/a.webp', None); "
        "sys.exit(len([name for name in sys.modules if name.endswith('ImagePlugin')]) > 8)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
