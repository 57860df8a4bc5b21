// What the desk adds where scripts run: a warning before the session ends, one before what was typed is left, how many
// came since the list was opened, and single keys for who switched them on. Without it nothing is missing: each is a page or a link as well.
// Nothing here loads a page by itself, and what it asks prolongs no session.
"use strict";
(() => {
  const body = document.body;
  const ask = async (address, options) => {
    const response = await fetch(address, { redirect: "manual", headers: { Accept: "application/json" }, ...options });
    return response.ok ? response.json() : { over: response.type === "opaqueredirect" };
  };

  // the end of the session
  const warning = document.getElementById("session-warning");
  const form = warning.querySelector("form");
  const text = warning.querySelector("p");
  const soon = text.textContent;
  const notice = 2 * 60;
  let timer = 0;
  const expect = (seconds) => {
    clearTimeout(timer);
    warning.hidden = seconds > notice;
    if (seconds > notice) timer = setTimeout(look, (seconds - notice) * 1000);
    else if (seconds > 0) timer = setTimeout(look, seconds * 1000);
    text.textContent = seconds > 0 ? soon : text.dataset.over;
    form.hidden = seconds <= 0;
  };
  const hear = ({ seconds, over }) => {
    if (over) expect(0);
    else if (seconds !== undefined) expect(seconds);
    else timer = setTimeout(look, 20000);
  };
  // another window may have been used meanwhile; where nobody answers, it is asked again
  const look = () => ask(form.action).then(hear, () => hear({}));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form.action, { method: "POST", body: new FormData(form) }).then(hear, () => hear({}));
  });
  expect(Number(body.dataset.secondsLeft));

  // what was typed and not sent: its own form is left without a word, anything else asks first
  const contents = (typed) => new URLSearchParams(new FormData(typed)).toString();
  for (const typed of [...document.querySelectorAll("main form")].filter((each) => each.querySelector("textarea"))) {
    const before = contents(typed);
    let goes = false;
    const go = () => (goes = true);
    const stay = () => (goes = false);
    typed.addEventListener("submit", go);
    for (const begun of ["keydown", "pointerdown"]) addEventListener(begun, stay, { capture: true });
    // a telephone that is called leaves no page
    for (const link of document.querySelectorAll("a[href^='tel:'], a[href^='mailto:']")) link.addEventListener("click", go);
    addEventListener("beforeunload", (event) => {
      if (!goes && (typed.hasAttribute("data-unkept") || contents(typed) !== before)) event.preventDefault();
    });
  }

  // what came since
  const arrivals = document.getElementById("arrivals");
  const count = () => {
    if (document.hidden) return;
    ask(arrivals.dataset.ask).then(({ words, over }) => {
      if (over) clearInterval(counting);
      if (!words) return;
      arrivals.querySelector("a").textContent = words;
      arrivals.hidden = false;
    }, () => {});
  };
  const counting = arrivals ? setInterval(count, 60000) : 0;

  // single keys
  if (body.dataset.keys !== "on") return;
  const rows = () => [...document.querySelectorAll("table.listed tbody th > a")];
  const go = (step, event) => {
    const links = rows();
    const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    if (!links.length || (at < 0 && event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)].focus();
  };
  const help = () => {
    const keys = document.getElementById("keys");
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
  };
  const deeds = {
    j: (event) => go(1, event),
    ArrowDown: (event) => go(1, event),
    k: (event) => go(-1, event),
    ArrowUp: (event) => go(-1, event),
    "?": help,
    "/": (event) => {
      const field = document.getElementById("find");
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    },
  };
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    deeds[event.key]?.(event);
  });
})();
