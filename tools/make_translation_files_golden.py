#!/usr/bin/env python3
"""Writes tests/golden/translation_files: files of translations as other programs write them, and in expected.json what those
programs read in them: how many entries, and which finished translations.

    python3 -m venv /tmp/translate && /tmp/translate/bin/pip install polib==1.2.0 translate-toolkit==3.20.4
    /tmp/translate/bin/python tools/make_translation_files_golden.py

Catalogs are written and read by polib, the others by the Translate Toolkit. An entry is a text with a translation that it has
or waits for, so a message for numbers is as many as it has forms. composed.mo and composed_big.mo are by msgfmt of gettext
0.21 (--endianness=big), from the texts that tests/corpus/formats/mo_reader_test.cc expects. Texts are made up here, seeded.
"""
import json
import pathlib
import random
import re

import polib
from translate.misc.multistring import multistring
from translate.storage import tmx, ts2, xliff

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tests/golden/translation_files"
WORDS = "dog cat <b>bold</b> & \"quoted\" %d %s naïve größer 犬 \\n back\\slash {0} 100% ' e-mail café\u00a0noir".split(" ")
COUNT = 60


def one_line(text):
    return re.sub(r"[ \t\n\v\f\r]*[\t\n\v\f\r][ \t\n\v\f\r]*", " ", text).strip(" \t\n\v\f\r")


class Texts:
    """Texts that differ, some of several lines."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.count = 0

    def text(self):
        self.count += 1
        words = [self.random.choice(WORDS) for _ in range(self.random.randint(1, 8))]
        return self.random.choice([" ", " ", " ", "\n", "\t"]).join([str(self.count), *words])

    def kind(self, *kinds):
        return self.random.choice([*kinds, "finished", "finished", "finished"])


def catalog(texts):
    file = polib.POFile()
    file.metadata = {"Language": "de", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
                     "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    for number in range(COUNT):
        kind = texts.kind("fuzzy", "obsolete", "untranslated", "plural", "half", "context", "fuzzy plural")
        entry = polib.POEntry(msgid=texts.text(), msgstr=texts.text(), tcomment="a comment")
        if kind == "context":
            entry.msgctxt = f"context {number}"
        if kind == "untranslated":
            entry.msgstr = ""
        if kind in ("plural", "half", "fuzzy plural"):
            entry.msgstr = ""
            entry.msgid_plural = texts.text()
            entry.msgstr_plural = {0: texts.text(), 1: "" if kind == "half" else texts.text()}
        if kind.startswith("fuzzy"):
            entry.flags.append("fuzzy")
        entry.obsolete = kind == "obsolete"
        file.append(entry)
    return file


def read_catalog(entries):
    count, pairs = 0, []
    for entry in entries:
        forms = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural:
            forms = [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
        count += len(forms)
        if not entry.obsolete and "fuzzy" not in getattr(entry, "flags", []):
            pairs += [(source, target) for source, target in forms if target]
    return count, pairs


def write_memory(texts, path):
    file = tmx.tmxfile(sourcelanguage="en", targetlanguage="de")
    for _ in range(COUNT):
        language = texts.kind("fr", "de-AT", "empty")
        file.addtranslation(texts.text(), "en", "" if language == "empty" else texts.text(),
                            language if language in ("fr", "de-AT") else "de")
    path.write_bytes(bytes(file))


def read_memory(path):
    count, pairs = 0, []
    for unit in tmx.tmxfile.parsestring(path.read_bytes()).units:
        count += 1
        nodes = {node.get("{http://www.w3.org/XML/1998/namespace}lang"): node for node in unit.getlanguageNodes()}
        target = next((node for code, node in nodes.items() if code.split("-")[0] == "de"), None)
        if target is not None:
            pairs.append((unit.getNodeText(nodes["en"]), unit.getNodeText(target)))
    return count, [(source, target) for source, target in pairs if target]


def write_xliff(texts, path):
    file = xliff.xlifffile(sourcelanguage="en", targetlanguage="de")
    for number in range(COUNT):
        kind = texts.kind("fuzzy", "approved", "untranslated", "not for translation", "empty")
        unit = xliff.xliffunit(texts.text())
        unit.setid(f"unit {number}")
        if kind != "untranslated":
            unit.target = "" if kind == "empty" else texts.text()
        if kind == "fuzzy":
            unit.markfuzzy(True)
        if kind == "approved":
            unit.markapproved()
        if kind == "not for translation":
            unit.xmlelement.set("translate", "no")
        file.addunit(unit)
    path.write_bytes(bytes(file))


def read_xliff(path):
    units = xliff.xlifffile.parsestring(path.read_bytes()).units
    return len(units), [(unit.source, unit.target) for unit in units
                        if unit.istranslatable() and unit.istranslated() and not unit.isfuzzy()]


def write_messages(texts, path):
    file = ts2.tsfile()
    file.settargetlanguage("de")
    for _ in range(COUNT):
        kind = texts.kind("unfinished", "vanished", "obsolete", "untranslated", "numbers", "unfinished numbers")
        numbers = kind.endswith("numbers")
        unit = ts2.tsunit(multistring([texts.text(), texts.text()]) if numbers else texts.text())
        unit.target = multistring([texts.text(), texts.text()]) if numbers else texts.text()
        if kind == "untranslated":
            unit.target = ""
        if kind.startswith("unfinished") or kind == "untranslated":
            unit.markfuzzy(True)
        if kind in ("vanished", "obsolete"):
            unit._gettargetnode().set("type", kind)
        file.addunit(unit)
    path.write_bytes(bytes(file))


def read_messages(path):
    count, pairs = 0, []
    for unit in ts2.tsfile.parsestring(path.read_bytes()).units:
        forms = unit.target.strings if unit.hasplural() else [unit.target]
        count += len(forms)
        if unit.istranslated() and not unit.isfuzzy() and not unit.isobsolete():
            pairs.append((str(unit.source), str(forms[-1])))
    return count, pairs


def main():
    FOLDER.mkdir(exist_ok=True)
    expected = {}

    def expect(name, found):
        count, pairs = found
        expected[name] = {"entries": count, "pairs": [[one_line(text or "") for text in pair] for pair in pairs]}

    file = catalog(Texts(1))
    file.save(FOLDER / "catalog.po")
    file.save_as_mofile(FOLDER / "catalog.mo")
    expect("catalog.po", read_catalog(polib.pofile(str(FOLDER / "catalog.po"))))
    expect("catalog.mo", read_catalog(polib.mofile(str(FOLDER / "catalog.mo"))))
    for name, seed, write, read in (("memory.tmx", 2, write_memory, read_memory),
                                    ("version1.xlf", 3, write_xliff, read_xliff),
                                    ("messages.ts", 4, write_messages, read_messages)):
        write(Texts(seed), FOLDER / name)
        expect(name, read(FOLDER / name))
    (FOLDER / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")


main()
