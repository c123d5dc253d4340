// Steps through the places with the words of the search: a bar that follows the reader, and the keys n and p.

const bar = document.querySelector(".hits");
const count = bar.querySelector(".hits-count");
const total = Number(count.dataset.total);
const atRest = count.textContent;
const next = bar.querySelector("a");
const previous = document.createElement("a");
const keys = document.createElement("input");
const KEYS_OFF = "hits-keys-off";

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

function isTyping(element) {
  return element.isContentEditable || element.matches("input:not([type=checkbox]), textarea, select");
}

function storedKeysOff() {
  try {
    return localStorage.getItem(KEYS_OFF) !== null;
  } catch {
    return false; // storage is closed to this page: the choice holds until it is left
  }
}

function storeKeysOff(off) {
  try {
    if (off) localStorage.setItem(KEYS_OFF, "1");
    else localStorage.removeItem(KEYS_OFF);
  } catch {
    // as above
  }
}

document.addEventListener("keydown", (event) => {
  if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target)) return;
  if (event.key === "n") go(next.href);
  else if (event.key === "p") go(previous.href);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".hits a[href], .hit-links a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href);
});

addEventListener("hashchange", show);

// Single letters as keys can be in the way of other programs' commands, so they can be turned off.
const label = document.createElement("label");
keys.type = "checkbox";
keys.checked = !storedKeysOff();
keys.addEventListener("change", () => storeKeysOff(!keys.checked));
label.append(keys, "keys n, p");
next.before(previous);
bar.append(label);
count.setAttribute("role", "status");
bar.classList.add("sticky");
show();
