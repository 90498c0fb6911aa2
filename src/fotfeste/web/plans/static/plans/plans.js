// Coding by keyboard, and of the words that are marked. Everything can be done without this file.
"use strict";

// A link to a place that stands in another part of the document leads there.
const mark = /^#t(\d+-\d+)$/.exec(location.hash);
if (mark && !document.getElementById(`t${mark[1]}`)) location.replace(`?sted=${mark[1]}${location.hash}`);

const passages = () => [...document.querySelectorAll(".plan-passage[data-place]")];
const points = (text) => [...text].length;

// The words that are marked in a passage are what its form gives a code to.
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  for (const passage of passages()) {
    const form = passage.querySelector(".plan-give");
    const words = passage.querySelector(".plan-words");
    if (!form || document.activeElement?.closest(".plan-give") === form) continue;
    let start = "", end = "";
    if (!chosen.isCollapsed && chosen.rangeCount && words.contains(chosen.anchorNode) && words.contains(chosen.focusNode)) {
      const range = chosen.getRangeAt(0);
      const before = document.createRange();
      before.setStart(words, 0);
      before.setEnd(range.startContainer, range.startOffset);
      start = Number(words.dataset.start) + points(before.toString());
      end = start + points(range.toString());
    }
    form.elements.start.value = start;
    form.elements.end.value = end;
    const told = form.querySelector("[data-chosen]");
    told.textContent = start === "" ? "" : told.dataset.chosen;
  }
});

// One key each, and only while a passage has the focus.
function press(passage, act) {
  passage.querySelector(`.plan-offered button[value="${act}"]`)?.click();
}
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const here = document.activeElement;
  if (here?.closest("input, textarea, select, [contenteditable]")) return;
  const passage = here?.closest(".plan-passage[data-place]");
  if (!passage) return;
  const all = passages();
  const next = { j: 1, k: -1 }[event.key];
  if (next) all[all.indexOf(passage) + next]?.focus();
  else if (event.key === "g") press(passage, "accept");
  else if (event.key === "v") press(passage, "reject");
  else if (event.key === "c") passage.querySelector(".plan-give .ds-input")?.focus();
  else if (event.key === "z") document.querySelector("form[data-undo] button[value=undo]")?.click();
  else return;
  event.preventDefault();
});
for (const one of passages()) one.tabIndex = 0;

// What was coded stands there anew, and the focus goes back to its passage.
addEventListener("htmx:afterSwap", () => {
  const fresh = document.querySelector(".plan-codes[data-fresh]");
  if (!fresh) return;
  fresh.removeAttribute("data-fresh");
  fresh.closest(".plan-passage")?.focus();
});
