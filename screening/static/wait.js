// Says that a file is being made, from the press on, and that it came: it can take half a minute, and a browser shows
// nothing until then. The answer with the file brings a cookie that names the press, for a minute.
"use strict";
(() => {
  const SHOWN_FOR = 60000;
  const LOOKED_EVERY = 300;
  const came = (press) => document.cookie.split("; ").some((each) => /^(__Host-)?arrived=/.test(each) && each.endsWith(`=${press}`));
  for (const place of document.querySelectorAll("[data-wait]")) {
    let looking = 0;
    const begin = () => {
      const press = Math.random().toString(36).slice(2, 10);
      const until = Date.now() + SHOWN_FOR;
      place.textContent = place.dataset.wait;
      clearInterval(looking);
      looking = setInterval(() => {
        if (!came(press) && Date.now() < until) return;
        place.textContent = came(press) ? place.dataset.arrived : "";
        clearInterval(looking);
      }, LOOKED_EVERY);
      return press;
    };
    for (const link of place.parentElement.querySelectorAll("a[data-paper]")) {
      link.addEventListener("click", () => {
        const address = new URL(link.href);
        address.searchParams.set("press", begin());
        link.href = address.href;
      });
    }
    for (const form of place.parentElement.querySelectorAll("form[data-paper]")) {
      form.addEventListener("submit", () => { form.elements.press.value = begin(); });
    }
  }
})();
