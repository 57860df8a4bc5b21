// Covers a page that nobody touches for five minutes, so that a phone left lying shows nothing of anybody's answers.
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
  const patience = 5 * 60 * 1000;
  let before = null;
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    if (cover.hidden) timer = setTimeout(hide, patience);
  };
  const hide = () => {
    before = document.activeElement;
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
  for (const touch of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(touch, wait, { passive: true });
  wait();
})();
