"""What the scripts have in common that make a file of the checkout from others."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def write_or_check(file, text, source):
    """Writes the file; with --check it only says whether it is what the source makes of it. Returns the exit status."""
    if sys.argv[1:] != ["--check"]:
        file.write_text(text)
        return 0
    if file.exists() and file.read_text() == text:
        return 0
    print(f"{file.relative_to(ROOT)} is not what {source.relative_to(ROOT)} says", file=sys.stderr)
    return 1
