"""Cut static/tabler.css: only those of Tabler's rules whose classes our templates and code use.

Whole, it is 635 kB that a cheap phone parses on every page; cut, about a tenth of it.
"""

import re
from pathlib import Path

import tinycss2

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules" / "@tabler" / "core" / "dist" / "css" / "tabler.min.css"
TARGET = ROOT / "static" / "tabler.css"
ROOMS = ("coalition", "projects", "trainings", "campaigns", "meetings")
# class="…" may hold template tags: every word in it counts, which keeps a few rules too many.
IN_USE = re.compile(r"""class=(?:"([^"]*)"|'([^']*)')|["']class["']:\s*["']([^"']*)""")
WORD = re.compile(r"[a-zA-Z][\w-]*")
CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
OURS = {"chart", "empty", "lead", "map", "progress", "prose", "tag"}  # we mean something else by these
CONDITIONS = {"media", "supports", "layer", "container"}


def classes():
    """Return every word that stands in a class attribute of ours."""
    files = [*(ROOT / "templates").rglob("*.html")]
    for room in ROOMS:
        files.extend((ROOT / room).rglob("*.py"))
    found = set()
    for file in files:
        for groups in IN_USE.findall(file.read_text(encoding="utf-8")):
            found.update(WORD.findall(" ".join(groups)))
    return found - OURS


def cut(rules, used):
    """Return the rules that can match something, as text; conditions around nothing are left out."""
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [part for part in selectors_of(rule) if set(CLASS.findall(bare(part))) <= used]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in CONDITIONS and rule.content:
            rules_inside = tinycss2.parse_rule_list(rule.content, skip_whitespace=True, skip_comments=True)
            inside = cut(rules_inside, used)
            if inside:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}")
    return "\n".join(kept)


def selectors_of(rule):
    """Split a rule's selectors at their outer commas."""
    parts = [[]]
    for token in rule.prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip() for part in parts]


def bare(selector):
    """Leave out what stands in :not(…): a class there need not be in use."""
    return re.sub(r":not\([^()]*\)", "", selector)


def main():
    rules = tinycss2.parse_stylesheet(
        SOURCE.read_text(encoding="utf-8"), skip_whitespace=True, skip_comments=True
    )
    licence = "/* Tabler, https://tabler.io, MIT licence; cut by bin/styles.py */\n"
    text = f"{licence}{cut(rules, classes())}\n"
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return
    TARGET.write_text(text, encoding="utf-8")
    print(f"  cut static/tabler.css: {len(text) // 1024} of {SOURCE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
