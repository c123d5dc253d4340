// Marks what is selected in a report's text: shows a small bar beside it and fills in the form below. Without this script
// the form is filled in by hand.

/** Characters as the server counts them: one for each code point. */
function length(words) {
  return [...words].length;
}

class Marking {
  constructor(page) {
    this.text = page.querySelector(".marked-text");
    this.bar = page.querySelector(".marking-bar");
    this.news = page.querySelector(".marking-news");
    this.form = page.querySelector(".marking-form");
    this.marks = [...page.querySelectorAll(".marking-off button[data-kind]")];
    this.name = this.form.elements.name;
    this.place = null;
    page.querySelector(".marking-how").hidden = false;
    this.listen();
  }

  listen() {
    let timer = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.whenSelected(), 150);
    });
    // The selection stays while the mouse is on the bar.
    this.bar.addEventListener("mousedown", (event) => event.preventDefault());
    this.bar.addEventListener("click", (event) => {
      const { mark, takeOff } = event.target.dataset;
      if (mark) this.mark(mark);
      else if (takeOff) this.found[takeOff]?.click();
    });
    document.addEventListener("keydown", (event) => {
      if (this.bar.hidden) return;
      if (event.key === "Escape") this.hide();
      // Words that were selected with the keyboard have no place in the order of what can be reached by it.
      if (event.key === "Tab" && !event.shiftKey && document.activeElement === document.body) {
        event.preventDefault();
        this.bar.querySelector("button:not([hidden])").focus();
      }
    });
    this.form.elements.words.addEventListener("input", () => this.setPlace(null));
    this.name?.addEventListener("input", () => this.offerNames());
  }

  whenSelected() {
    if (this.bar.contains(document.activeElement)) return;
    const selection = document.getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const place = range && this.text.contains(range.commonAncestorContainer) ? this.placeOf(range) : null;
    this.found = place ? this.marksAt(place) : {};
    const selected = Boolean(place && place.words.trim());
    if (!selected && !this.found.quotation && !this.found.furniture) {
      this.hide();
      return;
    }
    this.place = selected ? place : null;
    if (selected) {
      this.form.elements.words.value = place.words;
      this.setPlace(place);
    }
    this.show(range, selected);
  }

  /** Where a selection begins and ends in the text, and its words. */
  placeOf(range) {
    const pieces = [...this.text.querySelectorAll("p[data-start]")]
      .filter((paragraph) => range.intersectsNode(paragraph))
      .map((paragraph) => {
        const within = document.createRange();
        within.selectNodeContents(paragraph);
        const before = within.cloneRange();
        if (paragraph.contains(range.startContainer)) within.setStart(range.startContainer, range.startOffset);
        if (paragraph.contains(range.endContainer)) within.setEnd(range.endContainer, range.endOffset);
        before.setEnd(within.startContainer, within.startOffset);
        const start = Number(paragraph.dataset.start) + length(before.toString());
        return { start, end: start + length(within.toString()), words: within.toString() };
      })
      .filter((piece) => piece.words || range.collapsed);
    if (!pieces.length) return null;
    return { start: pieces[0].start, end: pieces.at(-1).end, words: pieces.map((piece) => piece.words).join("\n\n") };
  }

  /** The buttons that take off what is marked there, the innermost mark of each kind. */
  marksAt({ start, end }) {
    const found = {};
    for (const button of this.marks) {
      const [first, last] = [Number(button.dataset.start), Number(button.dataset.end)];
      if (first <= start && end <= last && start < last) found[button.dataset.kind] = button;
    }
    return found;
  }

  setPlace(place) {
    this.form.elements.start.value = place ? place.start : "";
    this.form.elements.end.value = place ? place.end : "";
  }

  show(range, selected) {
    for (const button of this.bar.querySelectorAll("button")) {
      const { mark, takeOff } = button.dataset;
      button.hidden = mark ? !selected : !this.found[takeOff];
    }
    this.bar.hidden = false;
    const around = this.bar.offsetParent.getBoundingClientRect();
    const box = range.getBoundingClientRect();
    const left = Math.min(box.left - around.left, around.width - this.bar.offsetWidth);
    this.bar.style.top = `${box.bottom - around.top + 8}px`;
    this.bar.style.left = `${Math.max(left, 0)}px`;
    const words = this.place ? this.place.words.trim().split(/\s+/u).length : 0;
    const told = words === 1 ? "1 word selected" : `${words} words selected`;
    this.news.textContent = selected ? `${told}; the next buttons mark it.` : "A mark; the next button takes it off.";
  }

  hide() {
    this.bar.hidden = true;
    this.news.textContent = "";
  }

  choose(field, value) {
    const input = this.form.querySelector(`input[name="${field}"][value="${value}"]`);
    if (input) input.checked = true;
  }

  mark(who) {
    this.choose("what", who === "furniture" ? "furniture" : "quotation");
    if (who === "furniture") {
      this.form.requestSubmit();
      return;
    }
    this.choose("who", who);
    if (who !== "named") {
      this.form.requestSubmit();
      return;
    }
    this.hide();
    this.name.scrollIntoView({ block: "center" });
    this.name.focus();
    this.name.select();
  }

  /** Names of the archive that begin as typed, beside those of this report, which are there from the beginning. */
  async offerNames() {
    clearTimeout(this.timer);
    const typed = this.name.value.trim();
    if (typed.length < 2) return;
    this.timer = setTimeout(async () => {
      const asked = ["speaker", "organisation"].map((field) => this.namesOf(field, typed));
      const names = (await Promise.all(asked)).flat();
      if (this.name.value.trim() !== typed) return;
      const list = this.name.list;
      const there = new Set([...list.options].map((option) => option.value));
      for (const name of names) {
        if (!there.has(name)) list.append(new Option(name, name));
      }
    }, 200);
  }

  async namesOf(field, term) {
    const parameters = new URLSearchParams({ app_label: "archive", model_name: "quote", field_name: field, term });
    try {
      const answer = await fetch(`${this.form.dataset.names}?${parameters}`);
      return answer.ok ? (await answer.json()).results.map((one) => one.text) : [];
    } catch {
      return [];
    }
  }
}

for (const page of document.querySelectorAll(".marking")) new Marking(page);
