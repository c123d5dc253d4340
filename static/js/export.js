// Shows how far a download has come. Without it, or where it cannot work, the links download by themselves.

// The byte that the first line of each record begins with; of CSV, any but what stands within quote marks.
const RECORD = { csv: null, jsonl: "{", ris: "E", bib: "@" };
const QUOTE_MARK = 0x22;
const LINE_FEED = 0x0a;
const LARGE = 20_000; // records that need not all be in memory before they are saved

/** Counts the records of a file that comes in pieces of bytes. */
class RecordCounter {
  constructor(suffix) {
    this.first = RECORD[suffix]?.charCodeAt(0);
    this.quoted = false;
    this.atLineStart = true;
    this.lines = 0;
    this.header = suffix === "csv" ? 1 : 0;
  }

  add(bytes) {
    for (const byte of bytes) {
      if (this.first === undefined) {
        if (byte === QUOTE_MARK) this.quoted = !this.quoted;
        else if (byte === LINE_FEED && !this.quoted) this.lines += 1;
      } else {
        if (this.atLineStart && byte === this.first) this.lines += 1;
        this.atLineStart = byte === LINE_FEED;
      }
    }
  }

  get count() {
    return Math.max(this.lines - this.header, 0);
  }
}

/** Where the file goes: much of it straight to a file that the reader chooses, else into memory until it is whole. */
async function openTarget(suffix, expected) {
  if (!window.showSaveFilePicker || expected < LARGE) return null;
  try {
    const handle = await window.showSaveFilePicker({ suggestedName: `conflict-archive.${suffix}` });
    return await handle.createWritable();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return null; // this browser, or its owner, does not let pages write files
  }
}

function saveFromMemory(pieces, type, name) {
  const address = URL.createObjectURL(new Blob(pieces, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function fileName(response, suffix) {
  const found = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
  return found ? found[1] : `conflict-archive.${suffix}`;
}

class Download {
  constructor(section) {
    this.section = section;
    this.box = section.querySelector(".download");
    this.bar = section.querySelector("progress");
    this.counted = section.querySelector("#download-count");
    this.news = section.querySelector(".download-news");
    this.cancel = section.querySelector("button");
    this.running = null;
    this.cancel.addEventListener("click", () => this.running?.abort());
    for (const link of section.querySelectorAll("a[data-export]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        if (!this.running) this.start(link);
      });
    }
  }

  async start(link) {
    const suffix = link.dataset.export;
    this.running = new AbortController();
    this.say("");
    let target = null;
    try {
      target = await openTarget(suffix, Number(this.section.dataset.total));
      const response = await fetch(link.href, { signal: this.running.signal });
      if (!response.ok || !response.body) {
        await target?.abort();
        location.assign(link.href);
        return;
      }
      await this.read(response, suffix, target);
    } catch (error) {
      await target?.abort().catch(() => {});
      this.failed(error, link);
    } finally {
      this.running = null;
      if (this.box.contains(document.activeElement)) link.focus();
      this.box.hidden = true;
    }
  }

  async read(response, suffix, target) {
    const total = Number(response.headers.get("X-Total-Count"));
    const counter = new RecordCounter(suffix);
    const pieces = [];
    this.bar.max = Math.max(total, 1);
    this.show(0, total);
    this.box.hidden = false;
    this.say(`Downloading ${total.toLocaleString("en")} records.`);
    let quarter = 1;
    const reader = response.body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      counter.add(piece.value);
      if (target) await target.write(piece.value);
      else pieces.push(piece.value);
      this.show(counter.count, total);
      if (counter.count < total && counter.count >= (total * quarter) / 4) {
        this.say(`${Math.floor((counter.count / total) * 100)}% downloaded.`);
        quarter = Math.floor((counter.count / total) * 4) + 1;
      }
    }
    this.running.signal.throwIfAborted(); // the last bytes may have been here when the reader cancelled
    if (target) await target.close();
    else saveFromMemory(pieces, response.headers.get("Content-Type"), fileName(response, suffix));
    const gone = total - counter.count;
    const missing = ` ${gone.toLocaleString("en")} are missing: they left the archive meanwhile, or the line broke.`;
    this.say(
      `Downloaded ${counter.count.toLocaleString("en")} of ${total.toLocaleString("en")} records.${gone > 0 ? missing : ""}`,
    );
  }

  show(count, total) {
    this.bar.value = count;
    this.counted.textContent = `${count.toLocaleString("en")} of ${total.toLocaleString("en")}`;
  }

  failed(error, link) {
    if (error.name === "AbortError") {
      this.say("The download was cancelled; nothing was saved.");
      return;
    }
    this.say("The download broke off; nothing was saved. ");
    const plain = document.createElement("a");
    plain.href = link.href;
    plain.textContent = "Download it without this display";
    this.news.append(plain);
  }

  say(words) {
    this.news.textContent = words;
  }
}

const shown = new WeakSet();

function showDownloads() {
  for (const section of document.querySelectorAll(".take-along")) {
    if (!shown.has(section)) new Download(section);
    shown.add(section);
  }
}

showDownloads();
document.addEventListener("htmx:load", showDownloads); // what was put anew in place
