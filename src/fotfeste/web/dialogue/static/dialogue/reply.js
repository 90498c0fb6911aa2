// What the reply form needs beyond htmx: what is typed is never taken away, and nobody is warned about what is saved.
"use strict";

(() => {
  const form = document.getElementById("svar");
  const state = document.getElementById("kladd");
  if (!form || !state) return;
  let typedSince = false;
  let waiting;
  const own = (event) => event.detail?.elt === form;

  form.addEventListener("input", () => { typedSince = true; });
  form.addEventListener("htmx:beforeRequest", (event) => { if (own(event)) typedSince = false; });

  // A session that has ended: say so beside the form, and stay here. htmx would otherwise lead to the page for signing in.
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!own(event)) return;
    const status = event.detail.xhr.status;
    if (status < 400) return;
    event.preventDefault();
    const ended = status === 401 || status === 403;
    tellBeside(ended ? form.dataset.ended : form.dataset.unsaved);
    if (!ended) tryAgain();
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    form.addEventListener(name, (event) => {
      if (!own(event)) return;
      event.stopPropagation();
      tellBeside(form.dataset.unsaved);
      tryAgain();
    });
  }
  state.addEventListener("htmx:afterSwap", () => {
    const whole = !state.querySelector(".ds-validation-message");
    if (!typedSince && whole) dispatchEvent(new CustomEvent("fotfeste:saved"));
  });

  function tryAgain() {
    clearTimeout(waiting);
    waiting = setTimeout(() => form.dispatchEvent(new Event("input", { bubbles: true })), 15000);
  }
  function tellBeside(text) {
    for (const line of state.querySelectorAll("p, ul")) line.remove();
    const line = document.createElement("p");
    line.className = "ds-validation-message";
    line.textContent = text;
    state.append(line);
  }
})();
