// Follows the links of a page to itself (the same path with another query) in place: only what stands in the part marked
// `data-in-place` is put anew. Without this script, or where an answer does not come, each is a plain link.

const PATIENCE = 200; // milliseconds until it shows that it waits for the server
const FEED = "[type='application/atom+xml']";

const region = document.querySelector("[data-in-place]");
const news = document.createElement("p");
const progress = document.createElement("progress");
let timer = 0;
let leaving = false;

news.className = "visually-hidden";
news.setAttribute("role", "status");
progress.className = "in-place-progress";
progress.setAttribute("aria-label", "Waiting for the archive");
progress.hidden = true;
region.after(news, progress);

function leave() {
  leaving = true;
}

function wait() {
  addEventListener("beforeunload", leave);
  news.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => {
    progress.hidden = false;
    region.setAttribute("aria-busy", "true");
  }, PATIENCE);
}

function endWaiting() {
  removeEventListener("beforeunload", leave);
  clearTimeout(timer);
  progress.hidden = true;
  region.removeAttribute("aria-busy");
}

/** Says what has come, gives its heading the focus, and brings that into sight. */
function tell(scroll) {
  const heading = region.querySelector("h2");
  const feed = document.head.querySelector(`link${FEED}`);
  const ownFeed = region.querySelector(`a${FEED}`);
  if (feed && ownFeed) feed.href = ownFeed.href;
  if (!heading) return;
  news.textContent = heading.textContent.trim();
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  const { top, bottom } = heading.getBoundingClientRect();
  if (scroll && (top < 0 || bottom > innerHeight)) heading.scrollIntoView();
}

/** The address of a link that leads to this page with another query; null where it leads elsewhere. */
function addressHere(link) {
  const address = new URL(link.getAttribute("href"), location.href); // of a link in a picture, `href` is no text
  const isHere = address.origin === location.origin && address.pathname === location.pathname;
  const isPlace = address.hash && address.search === location.search;
  return isHere && !isPlace ? address.pathname + address.search + address.hash : null;
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("[data-in-place] a[href]");
  const address = link && window.htmx ? addressHere(link) : null;
  if (!address) return;
  event.preventDefault();
  htmx
    .ajax("GET", address, {
      source: region,
      target: region,
      select: `#${region.id} > *`,
      swap: "innerHTML show:none",
      push: "true",
    })
    .catch(() => {}); // an event tells of it, also where the request had to wait for another
});

region.addEventListener("htmx:beforeRequest", wait);
region.addEventListener("htmx:afterRequest", (event) => {
  endWaiting();
  if (event.detail.successful) tell(true);
});
document.addEventListener("htmx:historyCacheMiss", wait);
document.addEventListener("htmx:historyRestore", () => {
  endWaiting();
  tell(false);
});

// What is no page of results, or does not come, the browser shows by itself; not if the reader has gone on meanwhile.
function loadAnew(event) {
  if (!leaving) location.assign(event.detail.pathInfo.finalRequestPath);
}

region.addEventListener("htmx:responseError", loadAnew);
region.addEventListener("htmx:sendError", loadAnew);
document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());
