"""Archives written by Python's zipfile, the writer of wheels and of npz files.

Made by CPython 3.11.7: `python3 make.py`.
"""
import pathlib
import zipfile

here = pathlib.Path(__file__).parent
text = b"learning rate\n" * 1000


def entry(name, method):
    info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    info.compress_type = method
    return info


with zipfile.ZipFile(here / "plain.zip", "w") as archive:
    archive.comment = b"PK\x05\x06 is how an end record begins"
    archive.writestr(entry("stored.txt", zipfile.ZIP_STORED), text[:140])
    archive.writestr(entry("folder/", zipfile.ZIP_STORED), b"")
    archive.writestr(entry("folder/deflated.txt", zipfile.ZIP_DEFLATED), text)
    archive.writestr(entry("empty", zipfile.ZIP_DEFLATED), b"")
    archive.writestr(entry("käthe.npy", zipfile.ZIP_STORED), b"\x93NUMPY")
    archive.writestr(entry("bzip2.txt", zipfile.ZIP_BZIP2), text)

# As numpy.savez does: zip64 fields whatever the size, sizes after the data.
with open(here / "zip64.zip", "wb") as file:
    file.seekable = lambda: False
    with zipfile.ZipFile(file, "w") as archive:
        info = entry("weights.npy", zipfile.ZIP_DEFLATED)
        with archive.open(info, "w", force_zip64=True) as member:
            member.write(text)
