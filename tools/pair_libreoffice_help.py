#!/usr/bin/env python3
"""Pairs the help pages of LibreOffice in two languages by paragraph and writes them as a TSV.

Debian has the pages in libreoffice-help-en-us, libreoffice-help-de and so on: install two of them, or unpack them with
dpkg -x, then

    tools/pair_libreoffice_help.py /usr/share/libreoffice/help en-US de > help.tsv

A page has the same name in every language and a paragraph the same id. What one side lacks is counted on standard error.
"""

import html.parser
import pathlib
import sys

PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "h5", "h6")
HIDDEN = ("script", "style")


class Paragraphs(html.parser.HTMLParser):
    """The texts of a page by id, in their order; of an id that occurs twice, the first."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts = {}
        self.current = None
        self.parts = []
        self.hidden = 0

    def handle_starttag(self, tag, attributes):
        if tag in HIDDEN:
            self.hidden += 1
        elif tag in PARAGRAPHS:
            self.end()
            name = dict(attributes).get("id", "")
            self.current = name if name.startswith(("par_id", "hd_id", "tit")) else None
        elif tag == "br":
            self.parts.append(" ")

    def handle_endtag(self, tag):
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in PARAGRAPHS:
            self.end()

    def handle_data(self, data):
        if self.current is not None and not self.hidden:
            self.parts.append(data)

    def end(self):
        text = " ".join("".join(self.parts).split())
        if self.current is not None and text:
            self.texts.setdefault(self.current, text)
        self.current, self.parts = None, []


def paragraphs(page):
    parser = Paragraphs()
    parser.feed(page.read_text(encoding="utf-8"))
    parser.close()
    parser.end()
    return parser.texts


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[1])
    source, target = root / sys.argv[2], root / sys.argv[3]
    for folder in (source, target):
        if not folder.is_dir():
            sys.exit(f"{folder}: is no folder; are the help pages of this language installed?")
    pages = pairs = alone = missing = 0
    for page in sorted(source.rglob("*.html")):
        translated = target / page.relative_to(source)
        if not translated.is_file():
            missing += 1
            continue
        pages += 1
        translations = paragraphs(translated)
        for name, text in paragraphs(page).items():
            if name in translations:
                pairs += 1
                print(text, translations[name], sep="\t")
            else:
                alone += 1
    print(f"{pages} pages, {missing} without a translation; {pairs} pairs, {alone} paragraphs without one",
          file=sys.stderr)


if __name__ == "__main__":
    main()
