// Suggestions while writing the name of a place: a text field with a list (ARIA combobox). Without this file the form
// leads to the page of results. `data-suggest` is where options are fetched; `data-choose="value"` writes the chosen
// place into the field, otherwise the reader is taken to it.
"use strict";
(() => {
  const WAIT = 150;
  const enhance = (input, number) => {
    const box = input.closest(".suggest") || input.parentElement;
    const list = document.createElement("div");
    const told = document.createElement("p");
    told.className = "visually-hidden";
    told.setAttribute("role", "status");
    box.append(list, told);
    const id = `forslag-${number}`;
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", id]]) input.setAttribute(name, value);
    let timer = 0, request = null, at = -1;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const close = () => {
      clearTimeout(timer);
      if (request) request.abort();
      list.replaceChildren();
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const point = (place) => {
      const all = options();
      if (!all.length) return;
      at = (place + all.length) % all.length;
      all.forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
      input.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    };
    const choose = (option) => {
      if (input.dataset.choose === "value") {
        input.value = option.dataset.value;
        close();
      } else window.location.assign(option.dataset.address);
    };
    const fetchOptions = async () => {
      const text = input.value.trim();
      if (!text) return close();
      if (request) request.abort();
      request = new AbortController();
      try {
        const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: request.signal });
        if (!answer.ok) return close();
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = page.querySelector("[role=listbox]");
        if (!found || document.activeElement !== input) return close();
        found.id = id;
        list.replaceChildren(document.adoptNode(found));
        at = -1;
        options().forEach((one, index) => { one.id = `${id}-${index}`; });
        input.removeAttribute("aria-activedescendant");
        input.setAttribute("aria-expanded", String(options().length > 0));
        if (!options().length) list.replaceChildren();
        told.textContent = found.dataset.found;
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(fetchOptions, WAIT); });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!options().length) fetchOptions();
        else point(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
        event.preventDefault();
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        choose(options()[at]);
      } else if (event.key === "Escape" && options().length) {
        event.preventDefault();
        close();
      }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
    input.addEventListener("blur", close);
  };
  document.querySelectorAll("input[data-suggest]").forEach(enhance);
})();
