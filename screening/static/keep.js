// Prints, saves or copies what is shown once, in the browser alone: nothing is asked of the service, and nothing is kept.
// Without scripts the buttons stay hidden, and it is written down.
"use strict";
(() => {
  const LONG = 60000;
  const section = document.querySelector(".keep[data-name]");
  if (!section) return;
  const told = section.querySelector("[role=status]");
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const lines = (block) => {
    const pairs = [...block.querySelectorAll("dt")].map((term) => `${words(term)}: ${words(term.nextElementSibling)}`);
    const items = [...block.querySelectorAll("li")].map(words).join(" ");
    return pairs.length ? pairs.join("\n") : items || words(block);
  };
  const text = () => [
    section.dataset.page,
    ...[...document.querySelectorAll("[data-keep]")].map((block) => `${block.dataset.keep}\n${lines(block)}`),
  ].join("\n\n") + "\n";
  const ways = {
    print: () => { window.print(); return ""; },
    file: () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text()], { type: "text/plain;charset=utf-8" }));
      link.download = section.dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), LONG);
      return told.dataset.saved;
    },
    copy: async () => {
      await navigator.clipboard.writeText(text());
      return told.dataset.copied;
    },
  };
  for (const button of section.querySelectorAll("[data-keep-by]")) {
    button.addEventListener("click", async () => {
      try {
        told.textContent = await ways[button.dataset.keepBy]();
      } catch {
        told.textContent = told.dataset.failed;
      }
    });
  }
  section.hidden = false;
})();
