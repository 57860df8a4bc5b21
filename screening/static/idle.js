// Covers a page that nobody touches or reads for five minutes, so that a phone left lying shows nothing of anybody's
// answers; half a minute before it says so. What is printed is the page, not its cover.
// Nothing is lost: the page stays as it is below its cover. Without scripts there is no cover, and all else works.
"use strict";
(() => {
  const cover = document.getElementById("idle-cover");
  const deleted = "answers deleted";
  if (document.getElementById("answers-deleted")) sessionStorage.setItem(deleted, Date.now());
  // a browser may keep a page whole for its Back button: what was on it before the answers were deleted is not shown
  const opened = Date.now();
  addEventListener("pageshow", (event) => {
    if (event.persisted && Number(sessionStorage.getItem(deleted)) > opened) location.replace("/deleted");
  });
  if (!cover) return;
  const warning = document.getElementById("idle-warning");
  const patience = 5 * 60 * 1000;
  const notice = 30 * 1000;
  let before = null;
  let timer = 0;
  let touched = Date.now();
  const wait = () => {
    clearTimeout(timer);
    touched = Date.now();
    warning.hidden = true;
    if (cover.hidden) timer = setTimeout(warn, patience - notice);
  };
  const warn = () => {
    const left = touched + patience - Date.now();
    if (left <= 0) return hide(); // the machine slept meanwhile
    warning.hidden = false;
    timer = setTimeout(hide, left);
  };
  const hide = () => {
    before = document.activeElement;
    warning.hidden = true;
    cover.hidden = false;
    document.body.classList.add("is-idle");
    cover.querySelector("button").focus();
  };
  cover.querySelector("button").addEventListener("click", () => {
    cover.hidden = true;
    document.body.classList.remove("is-idle");
    if (before) before.focus();
    wait();
  });
  warning.querySelector("button").addEventListener("click", wait);
  // whoever reads moves the pointer, marks words, goes from link to link, or comes back from another window
  const signs = ["pointerdown", "pointermove", "keydown", "scroll", "wheel", "touchmove", "input", "focusin", "focus"];
  // but the button of the warning stays below the pointer that is about to press it
  const read = (event) => {
    if (!(event.target instanceof Node && warning.contains(event.target))) wait();
  };
  for (const sign of signs) addEventListener(sign, read, { passive: true });
  for (const sign of ["selectionchange", "visibilitychange"]) document.addEventListener(sign, wait);
  wait();
})();
