"""The preview in a real headless Chromium: `python tests/browser/preview.py PATH/TO/dossier [PICTURE.png]`.

Needs Playwright for Python and a Chromium; where either is absent it says so and ends with status 0. It copies the
sample collection, changes it while the preview runs, and looks at what a reader would see.
"""

import pathlib, shutil, subprocess, sys, tempfile, time

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    print("skipped: Playwright for Python is not installed")
    sys.exit(0)
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if not BROWSER:
    print("skipped: no Chromium is installed")
    sys.exit(0)

ROOT = pathlib.Path(__file__).resolve().parents[2]
SETTLED = "document.documentElement.dataset.busy === 'false' && document.querySelectorAll('.sheet').length > 3"


def seen_page(page):
    return page.eval_on_selector("#page", "field => Number(field.value)")


def until(page, expression):
    """Waits until something holds in the page, whose policy forbids Playwright's own way of waiting."""
    end = time.monotonic() + 60
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        time.sleep(0.05)


def main(program, picture):
    with tempfile.TemporaryDirectory() as home:
        papers = pathlib.Path(home) / "papers"
        shutil.copytree(ROOT / "seeds", papers)
        running = subprocess.Popen([program, "preview", papers], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            address = running.stdout.readline().strip()
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
                one, two = (browser.new_context(viewport={"width": 1280, "height": 900}).new_page() for _ in range(2))
                asked, said = [], []
                one.on("request", lambda request: asked.append(request.url))
                one.on("console", lambda message: said.append(message.text))
                one.on("pageerror", lambda error: said.append(str(error)))
                for page in (one, two):
                    page.goto(address)
                    until(page, SETTLED)
                one.wait_for_selector(".sheet img")
                rows = one.locator("#documents li button[title]")
                assert rows.count() == 5, rows.count()
                assert "stated" in one.locator("#documents").inner_text()

                # A document in the list leads to its page, and is marked there.
                rows.nth(2).click()
                until(one, "document.querySelector('#documents [aria-current=true]')?.title !== undefined")
                here = seen_page(one)
                assert here > 3, here
                assert rows.nth(2).get_attribute("aria-current") == "true"
                until(one, "[...document.querySelectorAll('.sheet')].some(sheet => sheet.querySelector('img') && sheet.getBoundingClientRect().top > 0 && sheet.getBoundingClientRect().top < 400)")
                if picture:
                    one.wait_for_timeout(2500)
                    one.screenshot(path=picture)

                # A change is shown without a reload in both browsers, and the place stays.
                one.evaluate("window.stays = true")
                names = "JSON.stringify(book.pages.map(page => page.name))"
                before = [page.evaluate(names) for page in (one, two)]
                down = one.evaluate("desk.scrollTop")
                target = papers / rows.nth(2).get_attribute("title")
                target.write_text(target.read_text(encoding="utf-8").rstrip() + "\n\nA last sentence stands here.\n", encoding="utf-8")
                for page, old in zip((one, two), before):
                    until(page, f"document.documentElement.dataset.busy === 'false' && {names} !== {old!r}")
                assert one.evaluate("window.stays") is True
                assert abs(one.evaluate("desk.scrollTop") - down) < 2, (down, one.evaluate("desk.scrollTop"))

                # A document that comes before what is read moves its pages, and not the reader.
                name = one.evaluate("place.last.id")
                (papers / "early.md").write_text("# An early text\n\nLondon, 1 January 1901\n\nIt is short.\n", encoding="utf-8")
                until(one, "book.documents.length === 6")
                one.wait_for_timeout(200)
                assert one.evaluate("place.last.id") == name
                assert seen_page(one) > here

                # What the contents print leads to the page; so does a problem.
                one.evaluate("go(1)")
                link = one.locator("#sheet-2 a[href^='#']").first
                link.wait_for(state="attached", timeout=20000)
                to = int(link.get_attribute("href")[1:])
                link.click()
                one.wait_for_timeout(200)
                assert abs(seen_page(one) - to) <= 1, (seen_page(one), to)
                (papers / "nowhen.md").write_text("# No date\n\nNobody wrote down when.\n", encoding="utf-8")
                until(one, "book.problems.some(problem => problem.path === 'nowhen.md')")
                one.click("#tab-problems")
                one.locator("#problems button", has_text="nowhen.md").first.click()
                one.wait_for_timeout(200)
                assert one.evaluate("book.documents.find(row => row.id === 'nowhen.md').page") + 1 == seen_page(one)

                # Keys: the next page, a larger page, the field of the list.
                one.locator("#desk").focus()
                one.keyboard.press("p")
                one.wait_for_timeout(100)
                width = one.evaluate("sheets[0].offsetWidth")
                one.keyboard.press("+")
                assert one.evaluate("sheets[0].offsetWidth") > width
                one.keyboard.press("/")
                assert one.evaluate("document.activeElement.id") == "filter"

                assert all(url.startswith(address) or url.startswith("data:") for url in asked), asked
                assert not said, said
                browser.close()
        finally:
            running.terminate()
            assert running.wait(20) == 0
    print("the preview works in Chromium")


main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
