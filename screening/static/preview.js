// Loads an author's preview anew once the rule file was saved, with what was typed and not sent yet.
"use strict";
(() => {
  const EVERY = 700;
  const version = document.currentScript.dataset.version;
  const place = `preview ${location.pathname}`;
  const fields = () => [...document.querySelectorAll("main input:not([type=hidden]):not([type=file]), main select, main textarea")];
  const ticked = (field) => field.type === "radio" || field.type === "checkbox";

  const keep = () => {
    const typed = fields().filter((field) => !ticked(field) || field.checked).map((field) => [field.name, field.value]);
    sessionStorage.setItem(place, JSON.stringify(typed));
  };
  const bringBack = () => {
    if (!document.querySelector("main form")) return; // mistakes stand here: the page itself comes back later
    const typed = JSON.parse(sessionStorage.getItem(place) || "[]");
    sessionStorage.removeItem(place);
    for (const [name, value] of typed) {
      const named = fields().filter((field) => field.name === name);
      const option = named.find((field) => ticked(field) && field.value === value);
      if (option) option.checked = true;
      else if (named.length === 1 && !ticked(named[0])) named[0].value = value;
    }
  };
  const look = async () => {
    try {
      const answer = await fetch("/preview/state", { cache: "no-store" });
      if (answer.ok && (await answer.text()) !== version) {
        if (document.querySelector("main form")) keep();
        location.reload();
        return;
      }
    } catch { /* the preview was stopped; it may come back */ }
    setTimeout(look, EVERY);
  };
  bringBack();
  look();
})();
