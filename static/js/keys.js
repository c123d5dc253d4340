// Single keys on every page: "/" to the search, j and k through what a search found, n and p through quotations, "?" for
// what there is. They can be in the way of other programs' commands, so the dialog has a switch that turns all of them off.

const OFF = "hits-keys-off"; // as it was called when it held for one page: who turned keys off then has them off
const RESULTS = "main :is(.report-title a, .result .quoted-words)";
const QUOTATION = /^q\d+$/;
const IN_FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select";

const KEYS = {
  "/": { words: "to the search", act: toTheSearch },
  j: { words: "next result; in a report, next place with the words of the search", act: () => toResult(1) },
  k: { words: "result, or place, before", act: () => toResult(-1) },
  n: { words: "next quotation of the report", act: () => toQuotation(1) },
  p: { words: "quotation before", act: () => toQuotation(-1) },
  "?": { words: "this list", act: showHelp },
};

function storedOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false; // storage is closed to this page: the choice holds until it is left
  }
}

function storeOff(off) {
  try {
    if (off) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // as above
  }
}

function isShown(element) {
  return element.getClientRects().length > 0;
}

function toTheSearch() {
  const field = [...document.querySelectorAll("form[data-suggest] input[name=q]")].find(isShown);
  if (!field) return false;
  field.focus();
  field.select();
  return true;
}

function follow(link) {
  link?.click();
  return Boolean(link);
}

/** Of elements in the order of the page the next from `place`, or with -1 the one before; without a place, from what is seen. */
function beside(elements, by, place) {
  const isBefore = place
    ? (each) => Boolean(place.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING)
    : (each) => each.getBoundingClientRect().bottom <= 0;
  const others = elements.filter((each) => !place || !each.contains(place)); // an element contains itself
  return by > 0 ? others.find((each) => !isBefore(each)) : others.findLast(isBefore);
}

function focused() {
  const element = document.activeElement;
  return element?.closest("main") && element.id !== "content" ? element : null;
}

function toResult(by) {
  const places = document.querySelector(".hits");
  if (places) return follow(places.querySelector(by > 0 ? "a[href][rel=next]" : "a[href][rel=prev]"));
  const link = beside([...document.querySelectorAll(RESULTS)].filter(isShown), by, focused());
  link?.focus();
  return Boolean(link);
}

function toQuotation(by) {
  const page = document.querySelector(".beside");
  if (page) return follow(page.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]"));
  const quotations = [...document.querySelectorAll("main [id^=q]")].filter(
    (each) => QUOTATION.test(each.id) && !each.matches(".reported, :has(> .reported)") && isShown(each),
  );
  const here = document.querySelector("main :target");
  const quotation = beside(quotations, by, here && isShown(here) ? here : null);
  if (!quotation) return false;
  location.replace(`#${quotation.id}`); // in place of the address before, so that one step back leads out of the report
  quotation.tabIndex = -1;
  quotation.focus({ preventScroll: true });
  return true;
}

const dialog = document.createElement("dialog");
const heading = document.createElement("h2");
const list = document.createElement("dl");
const label = document.createElement("label");
const setting = document.createElement("input");
const form = document.createElement("form");
const close = document.createElement("button");

for (const [key, { words }] of Object.entries(KEYS)) {
  const row = document.createElement("div");
  const term = document.createElement("dt");
  const sign = document.createElement("kbd");
  const meaning = document.createElement("dd");
  sign.textContent = key;
  meaning.textContent = words;
  term.append(sign);
  row.append(term, meaning);
  list.append(row);
}
dialog.className = "keys";
dialog.setAttribute("aria-labelledby", "keys-heading");
heading.id = "keys-heading";
heading.textContent = "Keys";
setting.type = "checkbox";
setting.checked = !storedOff();
setting.addEventListener("change", () => storeOff(!setting.checked));
label.append(setting, "Single keys are on");
close.textContent = "Close";
form.method = "dialog";
form.append(close);
dialog.append(heading, list, label, form);
document.body.append(dialog);
// A click beside the dialog is one on its backdrop.
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

function showHelp() {
  dialog.showModal(); // gives the focus back when it closes
  return true;
}

const opener = document.createElement("button");
const item = document.createElement("li");
opener.type = "button";
opener.className = "as-link";
opener.textContent = "Keys";
opener.dataset.showKeys = "";
item.append(opener);
document.querySelector(".footer-links").append(item);
document.addEventListener("click", (event) => event.target.closest("[data-show-keys]") && showHelp());

document.addEventListener("keydown", (event) => {
  if (!setting.checked || dialog.open || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.isContentEditable || event.target.matches(IN_FIELDS)) return;
  if (Object.hasOwn(KEYS, event.key) && KEYS[event.key].act()) event.preventDefault();
});
