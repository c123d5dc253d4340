// While an import is under way: looks at its page again every two seconds and shows how far it is. Without this, a
// reload does.
"use strict";

const SHOWN = [".field-progress", ".field-documents"];

async function lookAgain() {
  let page;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) throw new Error(answer.statusText);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    setTimeout(lookAgain, 10_000);
    return;
  }
  if (!page.querySelector("script[src*='import_progress']")) {
    location.reload(); // it is finished: with the documents that failed, and what can be done about them
    return;
  }
  for (const place of SHOWN) {
    const [here, there] = [document.querySelector(place), page.querySelector(place)];
    if (here && there && !here.contains(document.activeElement)) here.replaceWith(document.adoptNode(there));
  }
  setTimeout(lookAgain, 2000);
}

setTimeout(lookAgain, 2000);
