// One key for each decision in the editors' queue, and names offered while somebody types. Without this script all of it
// is buttons, links and a form that finds people.

const PAUSE = 150; // milliseconds without a key before the server is asked
const KEYS_OFF = "review-keys-off";
const LONGEST_HANDED_ON = 2500; // characters in an address, of which servers read no long ones

const keys = document.createElement("input");
const told = document.createElement("p");
const find = document.querySelector("#find");
const found = document.querySelector("#found");
let sent = false; // a decision is on its way: what is pressed meanwhile is not meant for the next item
let timer = 0;
let request = null;

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

function isTyping(element) {
  return element.isContentEditable || element.matches("input:not([type=checkbox]), textarea, select");
}

function press(target, event) {
  event.preventDefault(); // or the letter would be written into the field that it leads to
  if (target.matches("input, textarea")) {
    target.focus();
    target.select();
  } else {
    target.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (sent && event.key === "Escape") {
    sent = false; // the browser stops to wait for the answer; what is decided twice the server refuses
  } else if (sent && (event.key.length === 1 || event.key === "Enter")) {
    event.preventDefault();
  } else if (isTyping(event.target)) {
    whenTypedInto(event.target, event);
  } else if (event.target.closest("#found")) {
    stepThroughFound(event);
  }
  if (event.defaultPrevented || event.repeat || !keys.checked || isTyping(event.target)) return;
  if (!/^[a-z1-9]$/.test(event.key)) return;
  const target = document.querySelector(`[data-key="${event.key}"]`);
  told.textContent = "";
  if (target) press(target, event);
  else tell(event.key === "z" ? "There is nothing to undo." : `The key ${event.key} does nothing here.`);
});

function tell(words) {
  told.textContent = words;
}

// A decision that is made on a page of its own: the reason typed here goes along.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-key]");
  const reason = document.querySelector("#reason")?.value.trim();
  if (!link || !reason) return;
  if (encodeURIComponent(reason).length > LONGEST_HANDED_ON) {
    event.preventDefault();
    tell("The reason is too long to go along to the next page: cut it out here, and put it in there.");
    return;
  }
  const address = new URL(link.href);
  address.searchParams.set("reason", reason);
  link.href = address;
});

function whenTypedInto(field, event) {
  if (event.key === "Escape") {
    field.blur();
    event.preventDefault();
  } else if (event.key === "Enter" && field.dataset.enter) {
    press(document.querySelector(`#${field.dataset.enter}`), event);
  } else if (field.form === find && event.key === "Enter") {
    const first = found.querySelector(`[data-for] button`);
    if (first && isFor(field.value)) press(first, event);
  } else if (field.form === find && event.key === "ArrowDown") {
    event.preventDefault();
    found.querySelector("button")?.focus();
  }
}

function stepThroughFound(event) {
  const buttons = [...found.querySelectorAll("button")];
  const at = buttons.indexOf(event.target);
  if (event.key === "ArrowDown") buttons[Math.min(at + 1, buttons.length - 1)].focus();
  else if (event.key === "ArrowUp") (buttons[at - 1] ?? find.elements.q).focus();
  else if (event.key === "Escape") event.target.blur();
  else return;
  event.preventDefault();
}

/** Whether those who are shown were found by these words. */
function isFor(words) {
  return found.querySelector("[data-for]")?.dataset.for === words.trim().replace(/\s+/g, " ");
}

/** Nothing that was asked for before may come late and lie over what is asked for now. */
async function ask(words) {
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  try {
    const answer = await fetch(`${find.dataset.found}?${new URLSearchParams({ q: words })}`, { signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText); // to the login, whose page is no answer
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!signal.aborted) found.replaceChildren(...document.adoptNode(part.body).childNodes);
  } catch {
    // Aborted, or nothing came: the button finds them all the same.
  }
}

find?.elements.q.addEventListener("input", (event) => {
  clearTimeout(timer);
  timer = setTimeout(() => ask(event.target.value), PAUSE);
});

document.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener("pageshow", () => {
  sent = false; // also where the browser comes back to the page as it was left
});

// Single letters as keys can be in the way of other programs' commands, so they can be turned off.
const label = document.createElement("label");
label.className = "review-keys";
keys.type = "checkbox";
keys.checked = !storedKeysOff();
keys.addEventListener("change", () => storeKeysOff(!keys.checked));
label.append(keys, "Keys press the buttons");
told.setAttribute("role", "status");
document.querySelector(".review-decisions, .review-undo").append(label, told);
