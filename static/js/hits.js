// Steps through the places with the words of the search: a bar that follows the reader. The keys j and k (keys.js) press
// its links.

const bar = document.querySelector(".hits");
const count = bar.querySelector(".hits-count");
const total = Number(count.dataset.total);
const atRest = count.textContent;
const next = bar.querySelector("a");
const previous = document.createElement("a");
const keys = document.createElement("button");

function current() {
  const found = /^#hit-(\d+)$/.exec(location.hash);
  return found && Number(found[1]) <= total ? Number(found[1]) : 0;
}

function lead(link, number, words) {
  link.textContent = words;
  if (number >= 1 && number <= total) {
    link.href = `#hit-${number}`;
    link.removeAttribute("aria-disabled");
  } else {
    link.removeAttribute("href");
    link.setAttribute("aria-disabled", "true");
  }
}

function show() {
  const number = current();
  count.textContent = number ? `${number} of ${total}` : atRest;
  previous.hidden = !number;
  lead(previous, number - 1, "Previous");
  lead(next, number + 1, number ? "Next" : "First");
}

// In place of the address before, so that one step back leads to the results. Shown at once: "hashchange" comes later
// than the next press of a quick reader.
function go(address) {
  if (!address) return;
  location.replace(address);
  show();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".hits a[href], .hit-links a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href);
});

addEventListener("hashchange", show);

previous.rel = "prev";
next.rel = "next";
keys.type = "button";
keys.className = "as-link";
keys.textContent = "keys j, k";
keys.dataset.showKeys = "";
next.before(previous);
bar.append(keys);
count.setAttribute("role", "status");
bar.classList.add("sticky");
show();
