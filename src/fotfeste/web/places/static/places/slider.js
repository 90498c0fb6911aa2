// A slider beside a list of times: dragging it chooses in the list, and the list fetches the map (htmx). Without this file
// the list and its button do the same. `data-years` is the id of the list; the slider counts its options from zero.
"use strict";
(() => {
  const WAIT = 120;
  const enhance = (slider) => {
    const list = document.getElementById(slider.dataset.years);
    if (!list) return;
    let timer = 0;
    const tell = () => slider.setAttribute("aria-valuetext", list.options[Number(slider.value)].text);
    slider.value = String(list.selectedIndex);
    tell();
    slider.addEventListener("input", () => {
      tell();
      clearTimeout(timer);
      timer = setTimeout(() => {
        list.selectedIndex = Number(slider.value);
        list.dispatchEvent(new Event("change", { bubbles: true }));
      }, WAIT);
    });
    list.addEventListener("change", () => {
      slider.value = String(list.selectedIndex);
      tell();
    });
  };
  for (const slider of document.querySelectorAll("input[data-years]")) enhance(slider);
})();
