"""Other programs at the same collection: `python3 tests/bench/peers.py FOLDER [--dossier PROGRAM] [--rounds N]`.

Sets every document of FOLDER, one after another, with

- pandoc and typst: pandoc writes one Typst file, typst sets it;
- pandoc and WeasyPrint: pandoc writes one HTML file, WeasyPrint sets it;
- dossier, where its program is named: `dossier build --no-cache`;

and prints a table in Markdown: seconds on the wall, seconds of all processors, and the most memory that either step
had; medians of the rounds, which go from program to program. `cargo bench -- --write FOLDER 100` writes a collection.

The peers come from their registries: `python3 -m pip install typst weasyprint pypandoc_binary` into a virtual
environment whose Python runs this script (typst and pandoc are then those inside these packages; WeasyPrint needs
Pango, such as Debian's libpango-1.0-0 and libpangoft2-1.0-0). A `pandoc`, `typst` or `weasyprint` on the path is
preferred. What is absent is named and left out; what fails is a row that says why.
"""

import argparse, importlib.metadata, importlib.util, os, pathlib, re, shutil, statistics, subprocess, sys, tempfile
import threading, time, zlib

SET_WITH_PACKAGE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"

DOSSIER = "`dossier build`"


class Failed(Exception):
    pass


def version_of(command):
    said = subprocess.run([*command, "--version"], capture_output=True, text=True).stdout.strip()
    return said.splitlines()[0] if said else "of unknown version"


def version_of_package(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "of unknown version"


def find(program, package, command):
    """The command that runs a program, and its version: what is on the path, else what a Python package has."""
    if shutil.which(program):
        return [program], version_of([program])
    if importlib.util.find_spec(package):
        return command()
    return None, f"{program} is not installed"


def packaged_pandoc():
    import pypandoc

    try:
        path = pypandoc.get_pandoc_path()
    except OSError:
        return None, "pandoc is not installed"
    return [path], version_of([path]) + " (of the Python package)"


def packaged_typst():
    return [sys.executable, "-c", SET_WITH_PACKAGE], f"typst {version_of_package('typst')} (the Python package)"


def packaged_weasyprint():
    command = [sys.executable, "-m", "weasyprint"]
    return command, f"WeasyPrint {version_of_package('weasyprint')} (the Python package)"


def run(command, folder, limit, good=(0,)):
    """Runs a step to one of its good ends; gives seconds on the wall, seconds of all processors, megabytes."""
    with tempfile.TemporaryFile() as said:
        began = time.monotonic()
        step = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        timer = threading.Timer(limit, step.kill)
        timer.start()
        _, status, used = os.wait4(step.pid, 0)
        wall = time.monotonic() - began
        timer.cancel()
        step.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").split("\n")
    if wall > limit:
        raise Failed(f"not done after {limit:.0f} s")
    if step.returncode not in good:
        telling = [line for line in lines if "rror" in line] or [line for line in lines if line.strip()] or [""]
        raise Failed(f"{pathlib.Path(command[0]).name} ended with {step.returncode}: {telling[-1].strip()[:160]}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6


def pages_of(pdf):
    """Counts the pages of a PDF, whose objects may be packed."""
    data = pdf.read_bytes()
    count = len(re.findall(rb"/Type\s*/Page\b", data))
    for packed in re.finditer(rb"/ObjStm\b.*?stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            count += len(re.findall(rb"/Type\s*/Page\b", zlib.decompressobj().decompress(packed[1])))
        except zlib.error:
            continue
    return count


def measure(name, steps, folder, pdf, limit):
    """Runs the steps of a program one after another."""
    pdf.unlink(missing_ok=True)
    # Sources with problems end a build of dossier with 1, and the book is there.
    good = (0, 1) if name == DOSSIER else (0,)
    took = [run(step, folder, limit, good) for step in steps]
    if not pdf.exists():
        raise Failed("there is no PDF")
    return sum(one[0] for one in took), sum(one[1] for one in took), max(one[2] for one in took)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--dossier", metavar="PROGRAM", type=pathlib.Path)
    arguments.add_argument("--rounds", metavar="N", type=int, default=3)
    arguments.add_argument("--limit", metavar="SECONDS", type=float, default=1800, help="of one step")
    asked = arguments.parse_args()
    folder = asked.folder.resolve()
    documents = sorted(path.name for path in folder.iterdir() if path.suffix in (".md", ".txt"))
    if not documents:
        sys.exit(f"{asked.folder} holds no documents (.md, .txt)")

    found = {
        "pandoc": find("pandoc", "pypandoc", packaged_pandoc),
        "typst": find("typst", "typst", packaged_typst),
        "weasyprint": find("weasyprint", "weasyprint", packaged_weasyprint),
    }
    for command, version in found.values():
        print(version if command else f"skipped: {version}")
    commands = {name: command for name, (command, _) in found.items()}

    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        pdf = home / "book.pdf"
        # One document's footnotes are not another's.
        read = ["--from", "markdown", "--file-scope", "--standalone", "--metadata", "title=Documents", *documents]
        peers = {}
        if asked.dossier:
            program = str(asked.dossier.resolve())
            print(version_of([program]))
            peers[DOSSIER] = [[program, "build", str(folder), "--no-cache", "--quiet", "-o", str(pdf)]]
        if commands["pandoc"] and commands["typst"]:
            source = str(home / "book.typ")
            compiling = ["compile"] if commands["typst"] == ["typst"] else []
            peers["pandoc + typst"] = [
                [*commands["pandoc"], "--to", "typst", "--output", source, *read],
                [*commands["typst"], *compiling, source, str(pdf)],
            ]
        if commands["pandoc"] and commands["weasyprint"]:
            source = str(home / "book.html")
            peers["pandoc + WeasyPrint"] = [
                [*commands["pandoc"], "--to", "html", "--output", source, *read],
                [*commands["weasyprint"], source, str(pdf)],
            ]
        if not peers:
            sys.exit("there is nothing to measure")
        taken, pages, failed = {name: [] for name in peers}, {}, {}
        for number in range(asked.rounds):
            for name, steps in peers.items():
                if name in failed:
                    continue
                print(f"{name}, round {number + 1} of {asked.rounds}", file=sys.stderr)
                try:
                    taken[name].append(measure(name, steps, folder, pdf, asked.limit))
                    pages[name] = pages_of(pdf)
                except Failed as problem:
                    failed[name] = problem

    print("\n| documents | | pages | wall s | CPU s | peak MB |\n|---:|:---|---:|---:|---:|---:|")
    for name in peers:
        if name in failed:
            print(f"| {len(documents):,} | {name} | failed: {failed[name]} | – | – | – |")
            continue
        wall, processor, memory = (statistics.median(figures) for figures in zip(*taken[name]))
        print(f"| {len(documents):,} | {name} | {pages[name]:,} | {wall:.2f} | {processor:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
