// What the room of a weighing does beyond htmx. Everything can be read and sent without this file.
"use strict";

const room = () => document.getElementById("rom");

// A refusal and a clash are answers to be read, not faults of the line.
addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// When the session has ended, the page that asks for news stays, with what is typed; sending it leads to sign-in and back.
addEventListener("htmx:beforeOnLoad", (event) => {
  const { elt, xhr } = event.detail;
  if (elt.id !== "nytt" || xhr.status !== 401) return;
  event.preventDefault();
  elt.textContent = elt.dataset.signedOut;
});

// What stood open stays open when the room is drawn again.
let opened = [];
addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target === room()) opened = [...room().querySelectorAll("details[id][open]")].map((one) => one.id);
});
addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== room()) return;
  for (const id of opened) {
    const one = document.getElementById(id);
    if (one) one.open = true;
  }
});

// What opens where the reader pressed takes the focus, so that it is heard.
addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  part.querySelector?.("[data-focus]")?.focus({ preventScroll: false });
});

// A number opens and closes its explanation; closing leads back to the number.
addEventListener("htmx:confirm", (event) => {
  const place = event.detail.elt.dataset?.opens && document.getElementById(event.detail.elt.dataset.opens);
  if (!place || !place.hasChildNodes()) return;
  event.preventDefault();
  place.replaceChildren();
});
addEventListener("click", (event) => {
  const code = event.target.closest?.("[data-closes]")?.dataset.closes;
  if (!code) return;
  document.getElementById(`forklaring-${code}`)?.replaceChildren();
  document.getElementById(`tall-${code}`)?.focus();
});

// The rows in another order, or only those that were changed; what was chosen holds when the room is drawn again.
const shown = { order: "place", changed: false };
const size = (row, what) => Math.abs(Number(row.dataset[what]));
const arrange = () => {
  const choices = document.getElementById("rekkefolge-rad");
  const table = document.querySelector(".weighing-table table");
  if (!choices || !table) return;
  choices.hidden = false;
  document.getElementById("rekkefolge").value = shown.order;
  document.getElementById("bare-endret").checked = shown.changed;
  const nothing = document.getElementById("ingen-endret");
  const rows = [...table.tBodies].filter((one) => one !== nothing);
  const way = shown.order === "place" ? 1 : -1;
  rows.sort((one, other) => way * (size(one, shown.order) - size(other, shown.order)) || size(one, "place") - size(other, "place"));
  for (const row of rows) row.hidden = shown.changed && size(row, "change") === 0;
  nothing.hidden = rows.some((one) => !one.hidden);
  table.querySelector("thead").after(...rows, nothing);
};
addEventListener("change", (event) => {
  if (event.target.id === "rekkefolge") shown.order = event.target.value;
  else if (event.target.id === "bare-endret") shown.changed = event.target.checked;
  else return;
  arrange();
});
addEventListener("htmx:afterSwap", (event) => { if (event.detail.target === room()) arrange(); });
arrange();
