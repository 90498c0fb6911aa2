// Buttons that copy a text or print the page. They are hidden until this file has run, since nothing else answers them.
"use strict";
(() => {
  const copy = async (source) => {
    const text = "value" in source ? source.value : [...source.querySelectorAll("code")].map((one) => one.textContent.trim()).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const selection = window.getSelection();
      if ("select" in source) source.select();
      else selection.selectAllChildren(source);
      return document.execCommand("copy");
    }
  };
  for (const box of document.querySelectorAll(".handy")) {
    const told = box.querySelector("[role=status]");
    for (const button of box.querySelectorAll("[data-copy]")) {
      button.addEventListener("click", async () => {
        const done = await copy(document.getElementById(button.dataset.copy));
        told.textContent = done ? button.dataset.done : button.dataset.failed;
      });
    }
    for (const button of box.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
    box.hidden = false;
  }
})();
