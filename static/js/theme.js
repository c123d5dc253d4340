// Light or dark as the reader has chosen, before anything is drawn; the choice is offered at the end of the page.

(() => {
  const root = document.documentElement;
  const chosen = () => {
    try {
      return localStorage.getItem("theme") ?? "system";
    } catch {
      return "system"; // nothing may be kept: the choice holds for this page
    }
  };
  const keep = (theme) => {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      return;
    }
  };
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };

  show(chosen());
  addEventListener("storage", (event) => event.key === "theme" && show(event.newValue));
  document.addEventListener("DOMContentLoaded", () => {
    const choices = document.querySelector("fieldset.theme");
    for (const input of choices.elements) input.checked = input.value === (root.dataset.theme ?? "system");
    choices.hidden = false;
    choices.addEventListener("change", (event) => {
      show(event.target.value);
      keep(event.target.value);
    });
  });
})();
