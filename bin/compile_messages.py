"""Compile the message catalogues where they changed, with Babel: gettext's programs are not needed.

`locale/<language>/LC_MESSAGES/django.po` holds the portal's own messages, as `makemessages` finds them;
`locale/packages/<language>.po` holds our words for the packages we use. Both go into one `django.mo`,
which Django prefers to what the packages bring. Where both have a message, the portal's own wins.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def main(root=ROOT):
    for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        compile_language(source)


def compile_language(source):
    """Write the .mo beside a .po, unless it is newer than everything it is made of."""
    language = source.parts[-3]
    sources = [source]
    packages = source.parents[2] / "packages" / f"{language}.po"
    if source.stem == "django" and packages.exists():
        sources.append(packages)
    target = source.with_suffix(".mo")
    newest = max(path.stat().st_mtime for path in [*sources, Path(__file__)])
    if target.exists() and target.stat().st_mtime >= newest:
        return
    catalogue = joined([read(path, language) for path in sources])
    unfinished = target.with_suffix(".mo.new")  # a running server never reads half a catalogue
    with unfinished.open("wb") as binary:
        write_mo(binary, catalogue)
    unfinished.replace(target)
    print(f"  compiled {language}/{target.name}: {len(catalogue)} messages")


def read(path, language):
    with path.open("rb") as text:
        return read_po(text, locale=language, abort_invalid=True)


def joined(catalogues):
    """Return the first catalogue, filled with what the others know beyond it."""
    first, *others = catalogues
    for catalogue in others:
        for message in catalogue:
            known = first.get(message.id, message.context) if message.id else message
            if known is None or not is_translated(known):
                first.delete(message.id, message.context)
                first.add(message.id, message.string, flags=message.flags, context=message.context)
    return first


def is_translated(message):
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


if __name__ == "__main__":
    main()
