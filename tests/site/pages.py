#!/usr/bin/env python3
"""The site in a real browser: the engine in the page, by keyboard, on a telephone, dark and light, closed to the outside.

Arguments: the folder of the site, chromium, chromedriver, a folder for screenshots, to be looked at."""
import functools
import http.server
import re
import sys
import threading
import time
from pathlib import Path

from selenium.webdriver.common.keys import Keys

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests" / "meta"), str(ROOT / "tests" / "report")]
from browser import Browser, COLOURS, CONTRAST_MIN, contrast  # noqa: E402
from cases import Cases  # noqa: E402

WEIGHT_MAX = 2_000_000  # bytes of one page with all that it loads, as they lie on the disk
READY_MAX = 10  # seconds
READABLE = ["h1", ".lead", ".hint", "mark", ".entity", ".message", ".why", "nav a", "footer p", "button", "label",
            "#output", "#verdict", "textarea"]
RULE = """piiglet: 1
family: badge
description: of a school
entities: [BADGE]
rules:
  - id: badge.number
    entity: BADGE
    description: B and four digits
    pattern: '\\bB-\\d{4}\\b'
    confidence: 0.9
    tests:
      match: ['my badge is {{B-1234}}']
      pass: ['level B-12']
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, as any web server does, and says nothing."""
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm"}

    def log_message(self, *_):
        pass


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def wait(browser, script, wanted, seconds=READY_MAX):
    """Until a script answers what is wanted, a string or a test of one; what it answered."""
    end = time.monotonic() + seconds
    while True:
        answer = browser.run(f"return {script}")
        good = wanted(answer) if callable(wanted) else answer == wanted
        if good or time.monotonic() > end:
            return answer
        time.sleep(0.05)


def text(identity):
    return f"document.getElementById('{identity}').textContent"


def entities(browser):
    return browser.run("return Array.from(document.querySelectorAll('.findings .entity'), e => e.textContent)")


def write(browser, identity, value):
    browser.run("const box = document.getElementById(arguments[0]); box.value = arguments[1];"
                "box.dispatchEvent(new Event('input'));", identity, value)


def choose(browser, identity, value):
    browser.run("const box = document.getElementById(arguments[0]); box.value = arguments[1];"
                "box.dispatchEvent(new Event('change'));", identity, value)


def open_play(cases, browser, address):
    browser.driver.get(address + "play.html")
    ready = wait(browser, text("state"), lambda said: said.endswith("is ready."))
    cases.check(ready.endswith("is ready."), f"the engine: {ready} {browser.complaints()}")
    wait(browser, text("count"), lambda said: "findings" in said)


def check_typing(cases, browser):
    """With keys alone: from the top to the text, typing, policies, languages."""
    cases.check(entities(browser)[:1] == ["EMAIL"] and "ADDRESS" in entities(browser), f"the example: {entities(browser)}")
    cases.check(browser.press(Keys.TAB) == "skip", "the skip link comes first")
    browser.press(Keys.ENTER)
    seen = [browser.press(Keys.TAB) for _ in range(12)]
    cases.check([name for name in seen if name][:6] == ["policy", "format", "language", "example", "input", "output"],
                f"the order of keys: {seen}")
    browser.run("document.getElementById('input').focus()")
    browser.press(Keys.CONTROL + "a" + Keys.NULL, Keys.DELETE)
    browser.press(*"call 415-555-0134 ok")
    said = wait(browser, text("output"), "call [PHONE] ok")
    cases.check(said == "call [PHONE] ok", f"typed text is scrubbed: {said}")
    cases.check(browser.run(f"return {text('marked')}") == "call 415-555-0134 ok", "the text is shown with marks")
    cases.check("phone.number" in browser.run("return document.querySelector('.why').textContent"), "the reason code")
    told = browser.run("return document.querySelector('.message').textContent")
    choose(browser, "language", "es")
    cases.check(browser.run("return document.querySelector('.message').textContent") != told, "another language")
    choose(browser, "language", "en")
    write(browser, "input", "é😀 漢字 kid@example.org <img src=x onerror=\"document.title='owned'\"> 😀")
    said = wait(browser, text("output"), lambda shown: shown.startswith("é"))
    cases.check(said.startswith("é😀 漢字 [EMAIL] <img"), f"characters of several bytes: {said}")
    cases.check(browser.run("return document.title") != "owned", "text ran as markup")


def check_policies(cases, browser):
    choose(browser, "policy", "messages")
    write(browser, "input", "a@example.org b@example.org a@example.org")
    wait(browser, text("output"), "[EMAIL_1] [EMAIL_2] [EMAIL_1]")
    cases.check(browser.run(f"return {text('output')}") == "[EMAIL_1] [EMAIL_2] [EMAIL_1]", "the policy of messages")
    choose(browser, "policy", "logs")
    cases.check("key" in browser.run(f"return {text('policy-note')}"), "a policy that needs a key says so")
    tokens = browser.run(f"return {text('output')}").split()
    cases.check(len(set(tokens)) == 2 and "@" not in "".join(tokens), f"keyed tokens: {tokens}")
    choose(browser, "policy", "public-gallery")
    write(browser, "input", "my password is horse-Battery9")
    said = wait(browser, text("output"), lambda shown: "blocks" in shown)
    cases.check("blocks" in said and len(entities(browser)) == 1, f"a text that is blocked: {said}")
    choose(browser, "policy", "")
    choose(browser, "format", "json")
    write(browser, "input", '{"a": kid@example.org}')
    said = wait(browser, text("count"), lambda shown: "byte 6" in shown)
    cases.check("not well formed at byte 6" in said, f"a broken document: {said}")
    choose(browser, "format", "text")


def check_rules(cases, browser):
    """The example of the rule language, one's own rule, and one that is refused."""
    def use():
        browser.run("document.getElementById('use').focus()")
        browser.press(Keys.ENTER)
        return browser.run(f"return {text('verdict')}")

    cases.check("4 passed, 0 failed" in use(), "the example of the rule language")
    write(browser, "rules", RULE)
    cases.check("2 passed, 0 failed" in use(), "a rule of the reader")
    write(browser, "input", "here is B-1234")
    wait(browser, text("output"), "here is [BADGE]")
    cases.check(entities(browser) == ["BADGE"], f"is in use: {entities(browser)}")
    write(browser, "rules", RULE.replace("'level B-12'", "'level B-1299'"))
    cases.check("1 passed, 1 failed" in use(), "a test that fails")
    write(browser, "rules", RULE.replace("{4}", "+"))
    cases.check("Not in use" in use(), "a rule without bounds")
    remark = browser.run("return document.querySelector('.remarks .error').textContent")
    cases.check("line 9:" in remark and "badge.number" in remark, f"where and why: {remark}")
    browser.run("document.getElementById('drop').click()")
    cases.check(entities(browser) == [], "built-in rules only")


def check_closed(cases, browser, address):
    """Nothing goes out, whatever happens in the page."""
    outside = [url for url in browser.requests()[1] if not url.startswith((address, "data:", "chrome:"))]
    cases.check(not outside, f"requests to {outside}")
    cases.check(not browser.complaints(), "complaints of the browser")
    browser.run("const script = document.createElement('script'); script.textContent = 'document.title = \"owned\"';"
                "document.body.append(script); fetch('https://example.org/').catch(() => {});"
                "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.org/x.png\">');"
                "setTimeout('document.title = \"owned\"', 0);")
    time.sleep(0.3)
    cases.check(browser.run("return document.title") != "owned", "the policy lets scripts run")
    cases.check(len(browser.complaints()) >= 3, "the browser says nothing of what the policy forbids")
    outside = [url for url in browser.requests()[1] if not url.startswith((address, "data:", "chrome:"))]
    cases.check(not outside, f"the policy lets out {outside}")


def check_colours(cases, browser, name):
    for selector in READABLE:
        colours = browser.run(COLOURS, selector)
        cases.check(contrast(*colours) >= CONTRAST_MIN, f"{name}: {selector}: contrast {contrast(*colours):.2f}")
    return browser.run(COLOURS, "body")[1]


def check_pages(cases, folder):
    """Links lead somewhere, and no page is heavy."""
    pages = {path.name: path.read_text() for path in folder.glob("*.html")}
    cases.check({"index.html", "play.html", "rules.html", "interface.html", "accuracy.html", "performance.html",
                 "manual.html"} <= pages.keys(), f"pages: {sorted(pages)}")
    for name, page in pages.items():
        loaded = set(re.findall(r'(?:src|href)="([\w.-]+\.(?:css|js|png))"', page))
        loaded |= {"engine.js", "engine.wasm"} if "play.js" in loaded else set()
        weight = len(page.encode()) + sum((folder / file).stat().st_size for file in loaded)
        cases.check(weight < WEIGHT_MAX, f"{name}: {weight} bytes")
        cases.check("style=" not in page, f"{name}: a style that the policy forbids")
        for target in re.findall(r'href="([^":]+)"', page):
            path, _, place = target.partition("#")
            there = pages.get(path or name)
            good = f'id="{place}"' in there if there and place else (folder / (path or name)).exists()
            cases.check(good, f"{name}: no {target}")
    for name in ("index.html", "accuracy.html", "performance.html"):
        cases.check("<svg" in pages[name], f"{name}: no chart")
    play = sum((folder / file).stat().st_size for file in ("play.html", "site.css", "play.js", "engine.js", "engine.wasm"))
    print(f"play.html with all that it loads: {play} bytes", file=sys.stderr)


def main():
    folder = Path(sys.argv[1]).resolve()
    browsers = sys.argv[2:4]
    screens = Path(sys.argv[4])
    screens.mkdir(parents=True, exist_ok=True)
    cases = Cases()
    address = serve(folder)
    check_pages(cases, folder)
    with Browser(*browsers) as browser:
        open_play(cases, browser, address)
        light = check_colours(cases, browser, "light")
        browser.driver.save_screenshot(str(screens / "play-light.png"))
        check_typing(cases, browser)
        check_policies(cases, browser)
        check_rules(cases, browser)
        check_closed(cases, browser, address)
        for name in ("index", "accuracy", "interface"):
            browser.driver.get(f"{address}{name}.html")
            browser.driver.save_screenshot(str(screens / f"{name}.png"))
            cases.check(not [said for said in browser.complaints() if "favicon" not in said], f"{name}: complaints")
    with Browser(*browsers, dark=True) as browser:
        open_play(cases, browser, address)
        cases.check(check_colours(cases, browser, "dark") != light, "dark is light")
        browser.driver.save_screenshot(str(screens / "play-dark.png"))
    with Browser(*browsers, width=360, height=740, mobile=True) as browser:
        open_play(cases, browser, address)
        browser.driver.save_screenshot(str(screens / "play-phone.png"))
        for path in sorted(folder.glob("*.html")):
            browser.driver.get(address + path.name)
            width = browser.run("return document.documentElement.scrollWidth")
            cases.check(width <= 360, f"{path.name}: {width} wide on a telephone")
        browser.driver.get(address + "accuracy.html")
        browser.driver.save_screenshot(str(screens / "accuracy-phone.png"))
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
