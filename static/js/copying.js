// Opens the drawer that the address leads to, and puts a citation onto the clipboard, where the browser lets pages do
// that; without it the text can be selected.

const news = document.querySelector(".copy-news");

async function copy(button) {
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    news.textContent = `${button.closest(".citation-form").querySelector("h3").textContent}: copied.`;
  } catch {
    news.textContent = "The browser does not let the page copy; select the text instead.";
  }
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

function openDrawer() {
  const drawer = document.querySelector(":is(.provenance, .cite):target > details");
  if (drawer) drawer.open = true;
}

addEventListener("hashchange", openDrawer);
openDrawer();
