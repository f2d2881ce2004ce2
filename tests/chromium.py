"""Debian's Chromium, driven by Playwright: people at a real browser, and what the browser complains of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.environment import PROJECT
from tests.servers import PATIENCE_SECONDS

CHROMIUM = shutil.which("chromium") or ""
SCREENSHOTS = PROJECT / "var" / "screenshots"
PHONE, DESK = (390, 844), (1280, 900)
#: It asks nobody but us: no update, no account, no first run.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
)
#: A refusal that a script of ours asked for and shows is no error of the page.
EXPECTED = "Failed to load resource: the server responded with a status of 4"

PATIENCE_MILLISECONDS = PATIENCE_SECONDS * 1_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)


@dataclass
class Person:
    """Somebody at a browser of their own. `complaints` is what it had against our pages: policy violations, errors."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("requestfailed", self._miss)

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else f"{self.origin}{path}")

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f'[name="{name.replace("__", ".")}"]').first.fill(value)

    def click(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]  # a role

    def log_in(self, email: str, password: str) -> None:
        self.go("/admin/")
        self.fill(username=email, password=password)
        self.click("Log in")

    def reads(self, *words: str) -> None:
        """Wait until the page says all of these."""
        for each in words:
            self.page.get_by_text(each).locator("visible=true").first.wait_for()

    def words(self) -> str:
        return self.page.locator("body").inner_text()

    def photograph(self, name: str) -> None:
        """Keep what the page looks like, at a desk and on a phone; nothing may stick out at either."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for width, height in (PHONE, DESK):
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} wide on a screen of {width}."

    def _miss(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the person went on before all had come
            self.complaints.append(f"{request.url}: {request.failure}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self.complaints.append(f"{self.page.url}: {message.text}")


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """Start a browser that has never been anywhere."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, env={"HOME": str(profile), "PATH": "/usr/bin:/bin"}
        )
        try:
            yield browser
        finally:
            browser.close()
