"""What is asked of a page in the browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

RUN_AXE = """
async (tags) => {
  const result = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return result.violations.flatMap((one) => one.nodes.map((node) =>
    one.id + ": " + node.target.join(" ") + " | " + (node.any[0]?.message || node.all[0]?.message || one.help)));
}
"""
ONLY_CONTRAST = """
async () => {
  const result = await axe.run(document, { runOnly: ["color-contrast", "link-in-text-block"] });
  return result.violations.flatMap((one) => one.nodes.map((node) =>
    one.id + ": " + node.target.join(" ") + " | " + (node.any[0]?.message || one.help)));
}
"""
# A new width, letter size or medium is in force once the browser has drawn with it, and with the letters of the page.
TOO_WIDE = """
async (width) => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  for (let left = 120; left && innerWidth !== width; left--) await frame();
  await document.fonts.ready;
  await frame();
  await frame();
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const inside = (one) => {
    for (let up = one.parentElement; up; up = up.parentElement) {
      const how = getComputedStyle(up);
      if (how.overflowX !== "visible" || how.position === "fixed") return true;
    }
    return false;
  };
  const found = [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > room + 0.5 && !inside(one))
    .map((one) => one.tagName.toLowerCase() + "." + [...one.classList].join("."));
  return found.length ? found.slice(0, 5) : ["the page"];
}
"""
FOCUSED = """
async () => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const before = window.__before;
  const first = window.__first ??= one;
  window.__before = one;
  if (before && one === first) return null;
  const shows = (element) => {
    const look = getComputedStyle(element);
    return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
  };
  const drawn = one.ownerSVGElement ? one.querySelector("path, rect, circle") : null;
  const around = one.closest(".ds-field, label");
  const inView = () => {
    const box = one.getBoundingClientRect();
    const how = getComputedStyle(one);
    return box.width > 0 && box.height > 0 && how.visibility !== "hidden"
      && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  };
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  // The browser scrolls to what has the focus when it next draws the page.
  for (let left = 120; left && !inView(); left--) await frame();
  return {
    name: one.tagName.toLowerCase() + (one.id ? "#" + one.id : "") + " " + (one.textContent || "").trim().slice(0, 30),
    // Within a date the same field is met once for the day, the month and the year.
    after: !before || before === one || Boolean(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
    seen: inView(),
    marked: shows(one) || (around !== null && shows(around))
      || (drawn !== null && parseFloat(getComputedStyle(drawn).strokeWidth) >= 3),
  };
}
"""


def breaches(page: Page, axe: str) -> list[str]:
    """Return what axe finds wrong on ``page``."""
    page.evaluate(axe)
    found: list[str] = page.evaluate(RUN_AXE, RULES)
    return found


def contrast_breaches(page: Page, axe: str) -> list[str]:
    """Return where text is too pale on ``page``."""
    page.evaluate(axe)
    found: list[str] = page.evaluate(ONLY_CONTRAST)
    return found


def too_wide(page: Page, width: int, height: int = 900) -> list[str]:
    """Return what makes ``page`` scroll sideways at ``width``."""
    page.set_viewport_size({"width": width, "height": height})
    found: list[str] = page.evaluate(TOO_WIDE, width)
    return [f"{width} px: {one}" for one in found]


def focused(page: Page) -> dict[str, Any] | None:
    """Return what has the focus: its name, whether it comes after the last, is seen and marked; none at the end."""
    found: dict[str, Any] | None = page.evaluate(FOCUSED)
    return found
