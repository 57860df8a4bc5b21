// Shortens a long list to the answers that hold what is typed above it. What is chosen or ticked, "Choose one" and "I'm
// not sure" always stay. Without scripts the field stays hidden and the list whole; what is typed here is sent nowhere.
"use strict";
(() => {
  const SHOWN_AT_ONCE = 8;
  // accents and case do not matter
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const ofMenu = (menu) => {
    // browsers show an option in a menu though it is hidden: those that do not fit are taken out
    const all = [...menu.options];
    return (fits) => {
      const left = all.filter((option) => !option.value || option.value === "?" || option.selected || fits(option));
      menu.replaceChildren(...left);
      menu.size = left.length < all.length ? Math.min(Math.max(left.length, 2), SHOWN_AT_ONCE) : 0;
      return left.filter((option) => option.value && option.value !== "?").length;
    };
  };
  const ofBoxes = (question) => {
    const all = [...question.querySelectorAll(".choice")].map((place) => [place, place.querySelector("input")]);
    return (fits) => {
      for (const [place, box] of all) place.hidden = !(box.checked || box.value === "?" || fits(place));
      return all.filter(([place, box]) => !place.hidden && box.value !== "?").length;
    };
  };
  for (const part of document.querySelectorAll(".shortening")) {
    const menu = document.getElementById(part.dataset.menu);
    const input = part.querySelector("input");
    const told = part.querySelector("[role=status]");
    const shorten = menu ? ofMenu(menu) : ofBoxes(part.closest(".question"));
    const look = () => {
      const wanted = plain(input.value);
      const left = shorten((option) => plain(option.textContent).includes(wanted));
      told.textContent = wanted ? told.dataset.left.replace("#", left) : "";
    };
    part.hidden = false;
    input.addEventListener("input", look);
    input.addEventListener("keydown", (event) => {
      // Enter would send the page before anything is chosen
      if (event.key === "Enter") {
        event.preventDefault();
        (menu || part.closest(".question").querySelector(".choice:not([hidden]) input")).focus();
      }
    });
    // a browser that came back to this page has kept what was typed
    look();
  }
})();
