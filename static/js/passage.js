// Offers a link to the passage that is selected in a report's text. It names the characters, which the server marks, and
// the words, which the browser looks for; without this script there is no such link to make.

const text = document.querySelector(".report-text[data-version]");
const BESIDE = ".margin-note, .hit-links, .statement-link, .negated-label"; // what stands among the words and is none
const WHOLE = 160; // characters up to which a passage is named by all its words
const ENDS = 5; // words by which each end of a longer one is named
const AROUND = 4; // words before and after one that stands in the text several times

/** The text nodes of a paragraph that hold its words, in runs that nothing else interrupts. */
function runsOf(paragraph) {
  const runs = [[]];
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    if (!node.matches(BESIDE)) return NodeFilter.FILTER_SKIP;
    if (runs.at(-1).length) runs.push([]);
    return NodeFilter.FILTER_REJECT;
  });
  while (walker.nextNode()) runs.at(-1).push(walker.currentNode);
  return runs.filter((run) => run.length);
}

function selected() {
  const selection = document.getSelection();
  return selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
}

/** What of a text node is selected, as [from, to); null where nothing is. */
function selectedIn(node, range) {
  const outside = range.comparePoint(node, 0) !== 0;
  if (outside && node !== range.startContainer) return null;
  const from = node === range.startContainer ? range.startOffset : 0;
  const to = node === range.endContainer ? range.endOffset : node.length;
  return from < to ? [from, to] : null;
}

/** Characters as the server counts them: one for each code point. */
function length(words) {
  return [...words].length;
}

function plain(words) {
  return words.replace(/\s+/gu, " ").trim();
}

/** The passage that is selected: the characters [start, end) of the version's text, and its words in runs, each with what
 * of it is selected. Without the white space at its ends; null where no words are selected. */
function passageOf(range) {
  const parts = [];
  for (const paragraph of text.querySelectorAll("p[data-start]")) {
    if (!range.intersectsNode(paragraph)) continue;
    let before = ""; // of this paragraph
    for (const nodes of runsOf(paragraph)) {
      const run = { words: "", from: -1, to: -1, paragraph, before };
      for (const node of nodes) {
        const selected = selectedIn(node, range);
        if (selected && run.from < 0) run.from = run.words.length + selected[0];
        if (selected) run.to = run.words.length + selected[1];
        run.words += node.data;
      }
      before += run.words;
      if (run.from < 0) continue;
      parts.push(run);
    }
  }
  const isBlank = ({ words, from, to }) => !words.slice(from, to).trim();
  while (parts.length && isBlank(parts[0])) parts.shift();
  while (parts.length && isBlank(parts.at(-1))) parts.pop();
  if (!parts.length) return null;
  const [first, last] = [parts[0], parts.at(-1)];
  first.from += first.words.slice(first.from).search(/\S/u);
  last.to = last.words.slice(0, last.to).trimEnd().length;
  const place = ({ paragraph, before, words }, to) =>
    Number(paragraph.dataset.start) + length(before) + length(words.slice(0, to));
  return { start: place(first, first.from), end: place(last, last.to), parts };
}

/** [from, to) of a run, grown to whole words: a browser looks for no others. */
function wholeWords({ words, from, to }) {
  if (!Intl.Segmenter) return [from, to];
  const language = text.lang || document.documentElement.lang;
  const segments = new Intl.Segmenter(language, { granularity: "word" }).segment(words);
  const [first, last] = [segments.containing(from), segments.containing(to - 1)];
  return [first.isWordLike ? first.index : from, last.isWordLike ? last.index + last.segment.length : to];
}

function firstWords(words, count) {
  return plain(words).split(" ").slice(0, count).join(" ");
}

function lastWords(words, count) {
  return plain(words).split(" ").slice(-count).join(" ");
}

function standsTwice(words) {
  const all = plain([...text.querySelectorAll("p[data-start]")].flatMap(runsOf).map(
    (nodes) => nodes.map((node) => node.data).join("")).join(" ")).toLowerCase();
  const sought = words.toLowerCase();
  return all.indexOf(sought) !== all.lastIndexOf(sought);
}

function encoded(words) {
  return encodeURIComponent(words).replaceAll("-", "%2D");
}

/** What a browser finds the passage by: all its words or those at its ends, and where these stand in the text several
 * times, those around them. */
function textDirective({ parts }) {
  const [first, last] = [parts[0], parts.at(-1)];
  const [from] = wholeWords(first);
  const [, to] = wholeWords(last);
  const whole = parts.length === 1 && to - from <= WHOLE;
  const starts = whole ? [plain(first.words.slice(from, to))] : [
    firstWords(first.words.slice(from, parts.length === 1 ? to : first.words.length), ENDS),
    lastWords(last.words.slice(parts.length === 1 ? from : 0, to), ENDS),
  ];
  const before = standsTwice(starts[0]) ? lastWords(first.words.slice(0, from), AROUND) : "";
  const after = standsTwice(starts.at(-1)) ? firstWords(last.words.slice(to), AROUND) : "";
  const terms = starts.map(encoded);
  if (before) terms.unshift(`${encoded(before)}-`);
  if (after) terms.push(`-${encoded(after)}`);
  return `text=${terms.join(",")}`;
}

function addressOf(passage) {
  const asked = `passage=${text.dataset.version}:${passage.start}-${passage.end}`;
  return `${location.origin}${location.pathname}?${asked}#passage:~:${textDirective(passage)}`;
}

/** The words of the passage as the report has them: without the line breaks that the notes among them leave. */
function wordsOf({ parts }) {
  let words = "";
  let before = parts[0].paragraph;
  for (const { paragraph, words: run, from, to } of parts) {
    words += (paragraph === before ? "" : "\n\n") + run.slice(from, to);
    before = paragraph;
  }
  return words;
}

class Bar {
  constructor() {
    this.bar = document.createElement("div");
    this.button = document.createElement("button");
    this.link = document.createElement("input");
    this.news = document.createElement("p");
    this.bar.className = "passage-bar";
    this.bar.lang = document.documentElement.lang;
    this.bar.setAttribute("role", "group");
    this.bar.setAttribute("aria-label", "The selected passage");
    this.button.type = "button";
    this.link.readOnly = true;
    this.link.setAttribute("aria-label", "Link to this passage");
    this.news.className = "visually-hidden";
    this.news.setAttribute("role", "status");
    this.bar.append(this.button, this.link);
    this.address = "";
    this.hide();
    text.parentElement.append(this.bar, this.news);
    this.listen();
  }

  listen() {
    let timer = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.whenSelected(), 150);
    });
    // The selection stays while the mouse is on the button.
    this.button.addEventListener("mousedown", (event) => event.preventDefault());
    this.button.addEventListener("click", () => this.copy());
    document.addEventListener("copy", (event) => {
      if (event.target === this.link) return;
      const range = selected();
      const passage = range && text.contains(range.commonAncestorContainer) && passageOf(range);
      if (!passage) return;
      event.clipboardData.setData("text/plain", wordsOf(passage));
      event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      if (this.bar.hidden) return;
      if (event.key === "Escape") this.hide();
      // Words that were selected with the keyboard have no place in the order of what can be reached by it.
      if (event.key === "Tab" && !event.shiftKey && document.activeElement.contains(text)) {
        event.preventDefault();
        this.button.focus();
      }
    });
  }

  whenSelected() {
    if (this.bar.contains(document.activeElement)) return;
    const range = selected();
    const passage = range?.intersectsNode(text) ? passageOf(range) : null;
    if (!passage) {
      this.hide();
      return;
    }
    this.address = addressOf(passage);
    this.show(range);
  }

  show(range) {
    this.button.textContent = "Copy link to this passage";
    this.link.hidden = true;
    this.bar.hidden = false;
    this.news.textContent = "Words selected: the next button copies a link to them.";
    const around = this.bar.offsetParent.getBoundingClientRect();
    const box = [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect();
    const most = Math.max(around.width - this.bar.offsetWidth, 0);
    this.bar.style.top = `${box.bottom - around.top + 8}px`;
    this.bar.style.left = `${Math.min(Math.max(box.left - around.left, 0), most)}px`;
  }

  hide() {
    this.bar.hidden = true;
    this.news.textContent = "";
  }

  /** Where a browser lets no page copy, the link is there to be copied by hand. */
  async copy() {
    try {
      await navigator.clipboard.writeText(this.address);
      this.button.textContent = this.news.textContent = "Link copied";
    } catch {
      this.link.value = this.address;
      this.link.hidden = false;
      this.link.focus();
      this.link.select();
      this.news.textContent = "The link is in the field.";
    }
  }
}

if (text) new Bar();

// A browser that looks for no words takes them for a part of the name of a place: lead it to the place.
if (!document.fragmentDirective && location.hash.includes(":~:")) location.replace(location.hash.split(":~:")[0]);
