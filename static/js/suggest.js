// Offers names, outlets and phrases of the archive under a search form while somebody types: a combobox with a list.
// Without this script, or where the server does not answer, the form is a plain one.

const PAUSE = 150; // milliseconds without a key before the server is asked
const SHORTEST = 2; // letters with which there is something to offer

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector('input[name="q"]');
    this.address = form.dataset.suggest;
    this.options = [];
    this.chosen = -1; // -1: what was typed
    this.typed = this.input.value;
    this.timer = 0;
    this.request = null;
    this.addList();
    this.listen();
  }

  addList() {
    this.list = document.createElement("ul");
    this.list.id = `${this.input.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.form.append(this.list, this.status);
    this.form.classList.add("with-suggestions");
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("aria-controls", this.list.id);
  }

  listen() {
    this.input.addEventListener("input", () => this.whenTyped());
    this.input.addEventListener("keydown", (event) => this.whenKeyed(event));
    this.input.addEventListener("blur", () => this.close());
    this.form.addEventListener("submit", () => this.close());
    // The field keeps the focus while the mouse is on the list, or it would close under it.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) this.follow(this.options.indexOf(option));
    });
  }

  get open() {
    return !this.list.hidden;
  }

  whenTyped() {
    this.typed = this.input.value;
    this.stop();
    if (this.typed.trim().length < SHORTEST) {
      this.close();
    } else {
      this.timer = setTimeout(() => this.ask(this.typed), PAUSE);
    }
  }

  /** Nothing that was asked for before may come late and lie over what is asked for now. */
  stop() {
    clearTimeout(this.timer);
    if (this.request) this.request.abort();
    this.request = null;
  }

  async ask(typed) {
    const request = new AbortController();
    this.request = request;
    try {
      const answer = await fetch(`${this.address}?${new URLSearchParams({ q: typed })}`, { signal: request.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const [, texts, descriptions, addresses] = await answer.json();
      if (!request.signal.aborted) this.show(texts, descriptions, addresses);
    } catch {
      // Aborted, or nothing came: the form is there all the same.
      if (this.request === request) this.close();
    }
  }

  show(texts, descriptions, addresses) {
    this.options = texts.map((text, at) => this.option(text, descriptions[at], addresses[at], at));
    this.list.replaceChildren(...this.options);
    this.setOpen(this.options.length > 0 && document.activeElement === this.input);
    this.choose(-1);
    this.status.textContent = this.open ? `${texts.length} ${texts.length === 1 ? "suggestion" : "suggestions"}` : "";
  }

  option(text, description, address, at) {
    const option = document.createElement("li");
    const words = document.createElement("span");
    const kind = document.createElement("span");
    option.id = `${this.list.id}-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.text = text;
    option.dataset.address = address;
    words.dir = "auto";
    words.textContent = text;
    kind.className = "count";
    kind.textContent = description;
    option.append(words, " ", kind);
    return option;
  }

  setOpen(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    this.stop();
    this.setOpen(false);
    this.choose(-1, { fill: false });
    this.status.textContent = "";
  }

  /** The option of this number, or with -1 what was typed, which then stands in the field. */
  choose(at, { fill = true } = {}) {
    this.options[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = at;
    const option = this.options[at];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
    if (fill) this.input.value = option ? option.dataset.text : this.typed;
  }

  follow(at) {
    // The page that is shown may have another host's name than the archive's own address.
    const { pathname, search } = new URL(this.options[at].dataset.address, document.baseURI);
    this.close();
    window.location.assign(pathname + search);
  }

  whenKeyed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.open) {
        this.step(event.key === "ArrowDown" ? 1 : -1);
      } else if (this.input.value.trim().length >= SHORTEST) {
        this.whenTyped();
      }
      event.preventDefault();
    } else if (event.key === "Enter" && this.open && this.chosen >= 0) {
      event.preventDefault();
      this.follow(this.chosen);
    } else if (event.key === "Escape" && this.open) {
      // The first Escape closes the list and leaves what was typed; the browser's own empties the field.
      event.preventDefault();
      this.choose(-1);
      this.close();
    }
  }

  /** To the next or the one before; behind the last, and before the first, stands what was typed. */
  step(by) {
    const places = this.options.length + 1;
    this.choose(((this.chosen + 1 + by + places) % places) - 1);
  }
}

function suggestEverywhere() {
  for (const form of document.querySelectorAll("form[data-suggest]:not(.with-suggestions)")) new Suggestions(form);
}

suggestEverywhere();
document.addEventListener("htmx:load", suggestEverywhere); // what was put anew in place
