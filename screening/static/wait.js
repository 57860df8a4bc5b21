// Says that a paper is being made, from the press on: it can take half a minute, and a browser shows nothing until then.
"use strict";
(() => {
  const SHOWN_FOR = 60000;
  for (const place of document.querySelectorAll("[data-wait]")) {
    let hiding = 0;
    for (const link of place.parentElement.querySelectorAll("a[data-paper]")) {
      link.addEventListener("click", () => {
        place.textContent = place.dataset.wait;
        clearTimeout(hiding);
        hiding = setTimeout(() => { place.textContent = ""; }, SHOWN_FOR);
      });
    }
  }
})();
