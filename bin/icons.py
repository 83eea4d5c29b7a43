"""Cut static/icons.svg: a sprite of only those icons that templates and code name with `icon "NAME"`."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
TARGET = ROOT / "static" / "icons.svg"
IN_TEMPLATES = re.compile(r"""\{%\s*icon\s+["']([a-z0-9-]+)["']""")
IN_CODE = re.compile(r"""\bicon=["']([a-z0-9-]+)["']""")
WORDS = re.compile(r'"([a-z0-9-]+)"')
ROOMS = ("coalition", "projects", "trainings", "campaigns", "meetings")
DRAWING = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


def names():
    """Return the names of all icons in use, sorted."""
    found = set()
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        found.update(IN_TEMPLATES.findall(text), IN_CODE.findall(text))
    for room in ROOMS:
        for module in (ROOT / room).rglob("*.py"):
            found.update(IN_CODE.findall(module.read_text(encoding="utf-8")))
    navigation = (ROOT / "coalition" / "navigation.py").read_text(encoding="utf-8")
    found.update(word for word in WORDS.findall(navigation) if (SOURCE / f"{word}.svg").exists())
    return sorted(found)


def symbol(name):
    """Return one icon as a <symbol>; raise FileNotFoundError for a name that Tabler does not know."""
    svg = (SOURCE / f"{name}.svg").read_text(encoding="utf-8")
    inside = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    inside = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inside)
    return f'<symbol id="tabler-{name}" viewBox="0 0 24 24" {DRAWING}>{" ".join(inside.split())}</symbol>'


def sprite(icons):
    """Return the whole sprite as one SVG document."""
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(map(symbol, icons)) + "\n</svg>\n"


def main():
    wanted = names()
    unknown = [name for name in wanted if not (SOURCE / f"{name}.svg").exists()]
    if unknown:
        sys.exit(f"Tabler has no icon called: {', '.join(unknown)}")
    text = sprite(wanted)
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    print(f"  cut static/icons.svg: {len(wanted)} icons")


if __name__ == "__main__":
    main()
