#!/usr/bin/env python3
"""Makes the fonts in this folder, and those of the tests, from packages of public registries.

    python3 -m venv venv && venv/bin/pip install fonttools==4.68.0 brotli==1.2.1
    venv/bin/python layouts/fonts/make.py WORK-FOLDER

Packages are fetched with `npm pack` and `apt-get download` into WORK-FOLDER (what is there already is taken), each is
checked against its SHA-256, and the same packages give the same bytes.
"""

import hashlib
import pathlib
import subprocess
import sys
import tarfile
import unicodedata

from fontTools import merge, subset
from fontTools.ttLib import TTCollection, TTFont

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TESTS = ROOT / "tests"

# Package, version, file as it is fetched, SHA-256 of that file.
PACKAGES = {
    "naskh": ("npm", "@fontsource/noto-naskh-arabic", "5.3.0", "fontsource-noto-naskh-arabic-5.3.0.tgz",
              "8e4d87d3ae28020665d61054e4262162797feee84f0f145502d15e769a5bbb73"),
    "nastaliq": ("npm", "@fontsource/noto-nastaliq-urdu", "5.3.0", "fontsource-noto-nastaliq-urdu-5.3.0.tgz",
                 "80690ba85bdfbd96769337da894e1485a0b4aa597cb28a04f1b26e14487847e2"),
    "devanagari": ("npm", "@fontsource/noto-serif-devanagari", "5.3.0", "fontsource-noto-serif-devanagari-5.3.0.tgz",
                   "0ef6070bde6b4492fae7d522fdd37663741c522f438075042c5f2aecd196b177"),
    "bengali": ("npm", "@fontsource/noto-serif-bengali", "5.3.0", "fontsource-noto-serif-bengali-5.3.0.tgz",
                "1617299ecae940d478be362daea2dafb8ed71bfdced80ee1c8adb963af0fcb5e"),
    "tamil": ("npm", "@fontsource/noto-serif-tamil", "5.3.0", "fontsource-noto-serif-tamil-5.3.0.tgz",
              "ac689616bdae5a84b6f053f3f8fd5d87f9dc0fe721907e298df9ed403a53ef00"),
    "emoji": ("npm", "@fontsource/noto-emoji", "5.3.2", "fontsource-noto-emoji-5.3.2.tgz",
              "1fe49bb2cf7c2d78f93c0a69b6a431dcfd0d585b7831eba87fae6888ccf8d373"),
    "atkinson": ("npm", "@fontsource/atkinson-hyperlegible-next", "5.3.0",
                 "fontsource-atkinson-hyperlegible-next-5.3.0.tgz",
                 "33dcb7d0d4e2ea98a96985ca7448f738c3b5b370cfc5230b1e40e4f728920cc2"),
    "source": ("npm", "source-sans", "3.52.0", "source-sans-3.52.0.tgz",
               "49cf78ddd79b436591ee696785222b54ff28102922e3d3df297fe382d7fdfa88"),
    "serif": ("apt", "fonts-noto-core", "20201225-1", "fonts-noto-core_20201225-1_all.deb",
              "58f4f0bb6720f919f92096b3508e1412a0f1544424ade6c5b5bf1eb694dd64ba"),
    "cjk": ("apt", "fonts-noto-cjk", "1:20220127+repack1-1", "fonts-noto-cjk_1%3a20220127+repack1-1_all.deb",
            "4a2515eb6db3978b897fef9709ed0d2b1f4c6c4df4d83d6c4ef65f71f1b1f502"),
}


def fetch(work, key):
    """Fetches a package, checks it, and gives the folder that it is unpacked in."""
    registry, name, version, file, digest = PACKAGES[key]
    archive = work / file
    if not archive.exists():
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
        if registry == "apt":
            command = ["apt-get", "download", f"{name}={version}"]
        subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != digest:
        sys.exit(f"{file}: SHA-256 is {found}, not {digest}")
    folder = work / f"unpacked-{key}"
    if not folder.exists():
        folder.mkdir()
        if registry == "apt":
            subprocess.run(["dpkg-deb", "-x", archive, folder], check=True)
        else:
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
    return folder


def options(dropped=()):
    chosen = subset.Options()
    chosen.layout_features = ["*"]
    chosen.layout_scripts = ["*"]
    chosen.hinting = False
    chosen.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    chosen.name_languages = [0x409]
    chosen.notdef_outline = True
    chosen.recalc_timestamp = False
    chosen.drop_tables += ["DSIG", "STAT", "FFTM", *dropped]
    return chosen


def write(font, target, characters=None, dropped=(), without=()):
    """Writes the part of a font that has these characters (all, where none are given), with its layout features."""
    font.recalcTimestamp = False
    chosen = options(dropped)
    if without:
        chosen.layout_features = ["*"]
        features = {tag for table in ("GSUB", "GPOS") if table in font
                    for tag in (record.FeatureTag for record in font[table].table.FeatureList.FeatureRecord)}
        chosen.layout_features = sorted(features - set(without))
    cutter = subset.Subsetter(chosen)
    cutter.populate(unicodes=characters if characters is not None else list(font.getBestCmap()))
    cutter.subset(font)
    font.flavor = None
    font.save(target)
    print(f"{target.stat().st_size:>9}  {target.relative_to(ROOT)}")


def weights(work, key, family, script, target, folder=HERE, which=("400", "700")):
    """Unpacks the regular and the bold of a family of which the package has a file for each script."""
    package = fetch(work, key) / "package"
    for weight, style in (("400", "Regular"), ("700", "Bold")):
        if weight in which:
            font = TTFont(package / "files" / f"{family}-{script}-{weight}-normal.woff2")
            write(font, folder / f"{target}-{style}.ttf")
    licence(package / "LICENSE", folder / f"{target}.LICENSE.txt")


def licence(source, target):
    text = source.read_text(encoding="utf-8")
    target.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", encoding="utf-8")


def hyperlegible(work):
    package = fetch(work, "atkinson") / "package"
    for weight, style in (("400", "Regular"), ("700", "Bold")):
        parts = []
        for script in ("latin", "latin-ext"):
            part = work / f"atkinson-{script}-{weight}.ttf"
            font = TTFont(package / "files" / f"atkinson-hyperlegible-next-{script}-{weight}-normal.woff2")
            font.recalcTimestamp = False
            font.flavor = None
            font.save(part)
            parts.append(str(part))
        merged = merge.Merger().merge(parts)
        # Merging dates the font by the clock.
        first = TTFont(parts[0])["head"]
        merged["head"].created, merged["head"].modified = first.created, first.modified
        write(merged, HERE / f"AtkinsonHyperlegibleNext-{style}.ttf")
    licence(package / "LICENSE", HERE / "AtkinsonHyperlegibleNext.LICENSE.txt")


def companion(work):
    """Copies Source Sans as it is: its licence reserves the name for unchanged files."""
    package = fetch(work, "source") / "package"
    for style in ("Regular", "It", "Bold", "BoldIt"):
        target = HERE / f"SourceSans3-{style}.otf"
        target.write_bytes((package / "OTF" / target.name).read_bytes())
        print(f"{target.stat().st_size:>9}  {target.relative_to(ROOT)}")
    licence(package / "LICENSE.md", HERE / "SourceSans3.LICENSE.txt")


def european(character):
    """Whether a character belongs to the Latin, Greek or Cyrillic alphabets, their marks, or what is printed with them."""
    name = unicodedata.name(chr(character), "")
    words = ("LATIN", "GREEK", "CYRILLIC", "COMBINING", "MODIFIER LETTER", "SIGN", "DOTTED CIRCLE")
    return character < 0x20 or 0x2000 <= character <= 0x20CF or any(word in name for word in words) or character <= 0xFF


def gaps(work):
    fonts = fetch(work, "serif") / "usr/share/fonts/truetype/noto"
    small = ("smcp", "c2sc", "aalt", "frac", "numr", "dnom", "sups", "subs", "ordn", "zero", "ss03", "onum", "lnum", "pnum",
             "tnum", "rtlm", "case")
    for style in ("Regular", "Italic", "Bold", "BoldItalic"):
        font = TTFont(fonts / f"NotoSerif-{style}.ttf")
        write(font, HERE / f"NotoSerif-{style}.ttf", [code for code in font.getBestCmap() if european(code)], without=small)


def for_tests(work):
    """The fonts of scripts that are not carried, cut to what the tests' pages say."""
    weights(work, "tamil", "noto-serif-tamil", "tamil", "NotoSerifTamil", TESTS / "fonts", which=("400",))
    collection = fetch(work, "cjk") / "usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
    copyright_ = fetch(work, "cjk") / "usr/share/doc/fonts-noto-cjk/copyright"
    licence(copyright_, TESTS / "fonts/NotoSerifCJK.LICENSE.txt")
    for name, page in (("SC", "chinese"), ("TC", "chinese-traditional"), ("JP", "japanese"), ("KR", "korean")):
        text = (TESTS / "scripts" / f"{page}.md").read_text(encoding="utf-8")
        characters = sorted({ord(character) for character in text if ord(character) > 0x2000})
        font = next(font for font in TTCollection(collection).fonts
                    if font["name"].getDebugName(1) == f"Noto Serif CJK {name}")
        write(font, TESTS / f"fonts/NotoSerifCJK{name}-Regular.otf", characters, dropped=("VORG", "vhea", "vmtx", "BASE"))


def main():
    work = pathlib.Path(sys.argv[1]).resolve()
    work.mkdir(parents=True, exist_ok=True)
    companion(work)
    hyperlegible(work)
    gaps(work)
    licence(fetch(work, "serif") / "usr/share/doc/fonts-noto-core/copyright", HERE / "NotoSerif.LICENSE.txt")
    weights(work, "naskh", "noto-naskh-arabic", "arabic", "NotoNaskhArabic")
    weights(work, "nastaliq", "noto-nastaliq-urdu", "arabic", "NotoNastaliqUrdu")
    weights(work, "devanagari", "noto-serif-devanagari", "devanagari", "NotoSerifDevanagari")
    weights(work, "bengali", "noto-serif-bengali", "bengali", "NotoSerifBengali")
    weights(work, "emoji", "noto-emoji", "emoji", "NotoEmoji", which=("400",))
    for_tests(work)


main()
