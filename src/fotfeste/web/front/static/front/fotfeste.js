// What htmx and the browser do not do by themselves. Everything can be read and sent without this file.
"use strict";

// Leaving a form that has been changed and not sent: the browser asks first.
let changed = false;
addEventListener("input", (event) => {
  if (event.target.closest?.("form[data-warn]")) changed = true;
});
addEventListener("submit", () => { changed = false; });
addEventListener("fotfeste:saved", () => { changed = false; });
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

// What is typed in a form marked data-keep is kept on the server two seconds after the last key (fotfeste.web.rounds.kept):
// it stands in the form again when the page is opened anew. Files and passwords are never sent.
const KEPT_AT = "/bosetting/skrevet/";
const timers = new WeakMap();
let keeping;
addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (!form) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => keep(form), 2000));
});
addEventListener("submit", (event) => {
  clearTimeout(timers.get(event.target));
  keeping?.abort();
});
function keep(form) {
  const typed = new FormData(form);
  for (const [name, value] of [...typed]) {
    if (value instanceof File || form.querySelector(`[type="password"][name="${CSS.escape(name)}"]`)) typed.delete(name);
  }
  if (!typed.has("page")) typed.set("page", new URL(form.getAttribute("action") || "", location).pathname);
  keeping = new AbortController();
  const sent = { method: "POST", body: new URLSearchParams(typed), headers: { "HX-Request": "true" }, signal: keeping.signal };
  fetch(KEPT_AT, sent).catch(() => {}); // what does not come there is sent with the next key
}

// A page that comes back with faults opens at their summary, so that those who do not see the page hear of them.
document.querySelector("[data-focus]")?.focus();

// One menu at a time: Escape and a click elsewhere close it.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details:is(.account, .menu)[open]")) {
    if (menu !== except) menu.open = false;
  }
}
addEventListener("click", (event) => closeMenus(event.target.closest?.("details:is(.account, .menu)")));
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest?.("details:is(.account, .menu)[open]");
  closeMenus(null);
  menu?.querySelector("summary").focus();
});

// Terms open under the pointer and under the keyboard's focus, stay while the pointer is on the explanation, and
// close with Escape (the browser's own). A press on the word works without this.
let opening;
const explanation = (button) => document.getElementById(button.getAttribute("popovertarget"));
function open(button) {
  const text = explanation(button);
  if (text && !text.matches(":popover-open")) text.showPopover({ source: button });
}
function close(button) {
  const text = explanation(button);
  if (text?.matches(":popover-open") && !text.matches(":hover") && !button.matches(":hover")) text.hidePopover();
}
addEventListener("pointerover", (event) => {
  const button = event.pointerType === "mouse" && event.target.closest?.("[data-term]");
  clearTimeout(opening);
  if (button) opening = setTimeout(() => open(button), 250);
});
addEventListener("pointerout", (event) => {
  const word = event.target.closest?.(".term");
  const button = word?.querySelector("[data-term]");
  if (button && document.activeElement !== button) setTimeout(() => close(button), 250);
});
addEventListener("focusin", (event) => {
  if (event.target.matches?.("[data-term]:focus-visible")) open(event.target);
});
addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-term]")) setTimeout(() => close(event.target), 0);
});

// A map that is wider than its frame begins in the middle.
function centre(part) {
  for (const frame of part.querySelectorAll(".picture-map")) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
}
centre(document);
addEventListener("htmx:load", (event) => centre(event.target));

// An answer that does not come, or is refused, is told; nothing on the page is lost.
const notices = document.getElementById("notices");
function tell(text) {
  if (!notices) return;
  notices.textContent = text;
  if (text) setTimeout(() => { if (notices.textContent === text) notices.textContent = ""; }, 12000);
}
addEventListener("htmx:sendError", () => tell(notices?.dataset.lost));
addEventListener("htmx:timeout", () => tell(notices?.dataset.lost));
addEventListener("htmx:responseError", () => tell(notices?.dataset.refused));
