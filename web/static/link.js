// A link to an answer: the question after a #, which a browser keeps to itself and no server logs.

/** The address that asks `asked` again: { question, kommune, year }. */
export function linkTo({ question, kommune, year }) {
  const link = new URL(document.querySelector("a.brand").href);
  link.hash = new URLSearchParams({ q: question, ...(kommune && { kommune }), ...(year && { year }) });
  return link.href;
}

/** The question in this page's own address, after # or ?; null where there is none. */
export function readLink() {
  const named = [location.hash.slice(1), location.search].map((text) => new URLSearchParams(text));
  const found = named.find((values) => values.get("q")?.trim());
  return found ? { question: found.get("q").trim(), kommune: found.get("kommune") ?? "", year: found.get("year") ?? "" } : null;
}
