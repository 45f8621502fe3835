// The report beside the answer: the cited page as a picture with the place marked, and as text.
// One <dialog>: beside the text on a wide screen, over it on a narrow one.

import { el, fill, texts } from "./dom.js";

const dialog = document.getElementById("source");
const title = document.getElementById("source-title");
const body = document.getElementById("source-body");
const previous = document.getElementById("source-previous");
const next = document.getElementById("source-next");
const file = document.getElementById("source-file");
const wide = matchMedia("(min-width: 68rem)");

let shown = null; // { citation, page }
let opener = null;

export function pageAddress(citation, page) {
  return `/api/v1/documents/${encodeURIComponent(citation.doc)}/pages/${page}`;
}

/** Open the page a citation stands on; focus goes there and comes back to `from` on closing. */
export function openReport(citation, from) {
  opener = from;
  if (!dialog.open) wide.matches ? dialog.show() : dialog.showModal();
  document.body.classList.add("with-source");
  showPage(citation, citation.page ?? 1);
  title.focus({ preventScroll: true });
  from.scrollIntoView({ block: "center", behavior: "instant" });
}

function showPage(citation, page) {
  shown = { citation, page };
  const isCited = page === (citation.page ?? 1);
  title.textContent = citation.page === null ? citation.title : `${citation.title}, ${texts.page} ${page}`;
  previous.hidden = next.hidden = citation.page === null;
  previous.disabled = page <= 1;
  file.href = `/api/v1/documents/${encodeURIComponent(citation.doc)}/file${citation.page === null ? "" : `#page=${page}`}`;
  body.replaceChildren();
  body.scrollTop = 0;
  if (isCited) body.append(el("blockquote", { lang: "no" }, citation.quote));
  const text = el("details", {}, el("summary", {}, texts.page_text));
  const read = fetch(pageAddress(citation, page)).then((response) => (response.ok ? response.json() : null));
  read.then((found) => {
    if (shown.citation !== citation || shown.page !== page) return;
    next.disabled = found === null;
    if (found) text.append(pageText(found.text, isCited ? citation.quote : ""));
  });
  if (citation.page === null) {
    text.open = true;
    read.then(() => body.querySelector("mark")?.scrollIntoView({ block: "center" }));
  } else {
    body.append(...picture(citation, page, isCited, read, text));
  }
  body.append(text);
}

function picture(citation, page, isCited, read, text) {
  const box = isCited && citation.bbox ? `?box=${citation.bbox.map((side) => side.toFixed(1)).join(",")}` : "";
  const about = fill(texts.page_image, { page, title: citation.title });
  const image = el("img", { src: `${pageAddress(citation, page)}/image${box}`, alt: about, width: 1100, height: 1556 });
  image.addEventListener("load", async () => {
    image.removeAttribute("width");
    image.removeAttribute("height");
    const found = await read;
    if (box && found?.height) showMark(image, citation.bbox, found);
  });
  image.addEventListener("error", () => {
    image.replaceWith(el("p", {}, texts.no_image));
    text.open = true;
  });
  return [el("figure", { tabindex: "0", "aria-label": about }, image), box ? el("p", { class: "marked" }, texts.marked) : ""];
}

// Enlarge the page until the marked place fills the width (twice at most), and move to it.
function showMark(image, [x0, top, x1, bottom], page) {
  const larger = Math.min(2, (0.94 * page.width) / (x1 - x0));
  if (!wide.matches && larger > 1) image.style.width = `${Math.round(image.clientWidth * larger)}px`;
  const scale = image.clientWidth / page.width;
  const middle = image.parentElement.offsetTop + ((top + bottom) / 2) * scale;
  body.scrollTop = middle - body.clientHeight / 2;
  image.parentElement.scrollLeft = Math.min(x0 * scale - 8, ((x0 + x1) / 2) * scale - body.clientWidth / 2);
}

function pageText(text, quote) {
  const at = quote ? text.indexOf(quote) : -1;
  if (at < 0) return el("p", { class: "page-text", lang: "no" }, text);
  return el("p", { class: "page-text", lang: "no" }, text.slice(0, at), el("mark", {}, quote), text.slice(at + quote.length));
}

export function closeReport() {
  dialog.close();
}

dialog.addEventListener("close", () => {
  document.body.classList.remove("with-source");
  body.replaceChildren();
  opener?.focus();
});
dialog.addEventListener("keydown", (event) => {
  if (event.key === "Escape") dialog.close(); // a dialog that is not modal does not do so itself
});
document.getElementById("source-close").addEventListener("click", closeReport);
previous.addEventListener("click", () => showPage(shown.citation, shown.page - 1));
next.addEventListener("click", () => showPage(shown.citation, shown.page + 1));
wide.addEventListener("change", () => dialog.open && dialog.close());
