// Hands a paper to the system's share sheet (messages, mail, a printer) where the browser has one. Without it, or without
// scripts, its buttons stay hidden and the links download as always.
"use strict";
(() => {
  const paper = (content, name) => new File([content], name, { type: "application/pdf" });
  if (!navigator.canShare || !navigator.canShare({ files: [paper("%PDF-", "x.pdf")] })) return;
  for (const button of document.querySelectorAll("button[data-share]")) {
    let file = null;
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        if (!file) {
          const response = await fetch(button.dataset.share);
          if (!response.ok) throw new Error("not made");
          file = paper(await response.blob(), button.dataset.name);
        }
        await navigator.share({ files: [file] });
      } catch (error) {
        // the person closed the sheet, or the browser wants another press after the wait: the file is there by then
        if (!["AbortError", "NotAllowedError"].includes(error.name)) location.href = button.dataset.share;
      }
      button.disabled = false;
    });
  }
})();
