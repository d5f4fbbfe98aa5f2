"""Real texts for the floor: `python3 tests/bench/texts.py PAGES FOLDER [--documents N] [--every K]`.

Cuts the HTML pages of a long work into texts of about 500 words, each whole paragraphs under a dateline and a sentence that
names six organizations, and writes every K-th of them into FOLDER. The pages are those of Debian's package `anarchism`:

    apt-get download anarchism && dpkg-deb -x anarchism_*.deb work
    python3 tests/bench/texts.py work/usr/share/doc/anarchism/html texts-1000
    python3 tests/bench/texts.py work/usr/share/doc/anarchism/html texts-100 --documents 100 --every 10
    cargo bench -- --floor "$PWD/texts-1000"
"""

import argparse, html, pathlib, random, re

WORDS = 430
LONGEST_PARAGRAPH = 350
SHORTEST_PARAGRAPH = 13

MONTHS = "January February March April May June July August September October November December".split()

ORGANIZATIONS = [
    "National Labor Federation",
    "Industrial Workers of the World (IWW)",
    "Department of Transportation",
    "Ministry of Public Works",
    "Workers Solidarity Movement (WSM)",
    "Federal Aviation Administration",
    "European Trade Union Confederation",
    "International Workers Association",
    "Committee for Housing Rights",
    "United Nations Development Programme (UNDP)",
    "Socialist Workers Party",
    "Confederación Nacional del Trabajo (CNT)",
    "Bureau of Land Management",
    "Centre for Policy Studies",
    "University of Chicago",
    "Council of Europe",
    "Greenpeace International",
    "Association of Free Unions",
    "Food and Agriculture Organization (FAO)",
    "Royal Society of Engineers",
]


def paragraphs(page):
    """The paragraphs of an HTML page, as plain text."""
    text = page.read_text(errors="replace")
    text = re.sub(r"(?is)<(script|style).*?</\1>", "", text)
    text = re.sub(r"(?i)<(p|h\d|li|blockquote|br)[^>]*>", "\n\n", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    found = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text))
    return [text for text in found if SHORTEST_PARAGRAPH <= len(text.split()) <= LONGEST_PARAGRAPH]


def opening(dice):
    """A dateline and six organizations."""
    names = dice.sample(ORGANIZATIONS, 6)
    day = f"{dice.randint(1, 28)} {dice.choice(MONTHS)} {dice.randint(1995, 2020)}"
    return (
        f"{day} - The {names[0]} and the {names[1]} announced on Tuesday that they would work with the {names[2]}. "
        f"Representatives of the {names[3]}, the {names[4]} and the {names[5]} were present."
    )


def texts(pages):
    """Texts of so many words; what is left at the end of a page belongs to none."""
    dice = random.Random(4)
    for page in sorted(pages.glob("sec[A-J]*.html")):
        gathered, words = [], 0
        for paragraph in paragraphs(page):
            gathered.append(paragraph)
            words += len(paragraph.split())
            if words >= WORDS:
                title = " ".join(gathered[0].split()[:9]).strip(",.;:")
                yield "\n\n".join([f"# {title}", opening(dice), *gathered]) + "\n"
                gathered, words = [], 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("pages", type=pathlib.Path, help="the folder of HTML pages")
    parser.add_argument("folder", type=pathlib.Path, help="where the texts are written")
    parser.add_argument("--documents", type=int, default=1000, help="how many texts are written")
    parser.add_argument("--every", type=int, default=1, help="which of the texts: every so many")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts(asked.pages)):
        if number % asked.every == 0 and number < asked.documents * asked.every:
            (asked.folder / f"{number:04}.md").write_text(text)


if __name__ == "__main__":
    main()
