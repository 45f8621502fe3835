// The sources under an answer: where each stands, its quote, and the table around a figure.

import { el, fill, texts } from "./dom.js";
import { openReport } from "./report.js";

const SHOWN = 6; // more sources than this are folded in

/** Where a citation stands, in words. */
export function place(citation) {
  return citation.page === null ? citation.title : `${citation.title}, ${texts.page} ${citation.page}`;
}

/** The list of an answer's sources; empty while they are still coming. */
export function sourceList(answer = { answer: "", citations: [] }) {
  const items = answer.citations.map((citation) => sourceItem(citation, answer));
  const rest = items.splice(SHOWN);
  return el(
    "section", { class: "sources" },
    el("h3", {}, texts.sources),
    el("ol", {}, items),
    rest.length ? el("details", {}, el("summary", {}, fill(texts.more_sources, { n: rest.length })), el("ol", {}, rest)) : "",
  );
}

/** One source. A quote that the answer gives word for word is not printed twice, nor is a table. */
export function sourceItem(citation, answer = { answer: "", citations: [] }) {
  const isSaid = squash(answer.answer).includes(squash(citation.quote));
  const open = (event) => openReport(citation, event.currentTarget);
  const cell = [citation.row, citation.column].filter(Boolean).join(" · ");
  const sameTable = answer.citations.filter((other) => citation.table_id && other.table_id === citation.table_id);
  return el(
    "li", {},
    el("span", { class: "number" }, `[${citation.n}]`),
    el(
      "div", {},
      el("p", { class: "where" }, el("button", { type: "button", class: "link", onclick: open }, place(citation))),
      citation.heading ? el("p", { class: "heading", lang: "no" }, citation.heading) : "",
      isSaid ? "" : el("blockquote", { lang: "no" }, citation.quote),
      cell ? el("p", { class: "cell" }, citation.table ? `${withoutStop(citation.table)}: ` : "", el("strong", {}, cell)) : "",
      sameTable[0] === citation ? tableDetails(citation.table_id, sameTable) : "",
    ),
  );
}

function squash(text) {
  return text.replace(/\[\d+\]/g, "").replace(/\s+/g, " ").trim();
}

function withoutStop(title) {
  return title.replace(/[.:]\s*$/, "");
}

// The whole table around figures, fetched when it is unfolded, with the used cells marked.
function tableDetails(id, citations) {
  const details = el("details", {}, el("summary", {}, texts.whole_table));
  details.addEventListener("toggle", async () => {
    if (!details.open || details.children.length > 1) return;
    const address = id.split("/").map(encodeURIComponent).join("/");
    const response = await fetch(`/api/v1/tables/${address}`).catch(() => null);
    details.append(response?.ok ? tableView(await response.json(), citations) : el("p", {}, texts.failed));
    showUsed(details.querySelector(".wide"));
  });
  return details;
}

function showUsed(box) {
  const cell = box?.querySelector(".used");
  if (!cell) return;
  box.scrollTop = cell.offsetTop - box.clientHeight / 2;
  box.scrollLeft = cell.offsetLeft + cell.offsetWidth - box.clientWidth;
}

function tableView(table, citations) {
  // a citation names a row by its path: "Driftsinntekter › Rammetilskudd"
  const citing = (row) => citations.filter((citation) => [row.label, `${row.group} › ${row.label}`].includes(citation.row));
  const isUsed = (row, i) => citing(row).some((citation) => !citation.column || table.columns[i] === citation.column);
  const head = el("tr", {}, el("td"), table.columns.map((name) => el("th", { scope: "col", class: "number" }, name)));
  const rows = [];
  let group = "";
  for (const row of table.rows) {
    if (row.group !== group) {
      group = row.group;
      if (group) rows.push(el("tr", { class: "group" }, el("th", { scope: "colgroup", colspan: table.columns.length + 1 }, group)));
    }
    const cells = row.values.map((value, i) => {
      const text = value === null ? "" : value.text;
      return isUsed(row, i)
        ? el("td", { class: "number used" }, el("mark", {}, text), el("span", { class: "hidden" }, ` (${texts.used_cell})`))
        : el("td", { class: "number" }, text);
    });
    rows.push(el("tr", { class: citing(row).length ? "used-row" : null }, el("th", { scope: "row" }, row.label), cells));
  }
  const caption = [withoutStop(table.title), table.unit ? `${texts.unit}: ${table.unit}` : ""].filter(Boolean).join(". ");
  return el(
    "div", {},
    el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": table.title || texts.table },
      el("table", { lang: "no" }, el("caption", {}, caption), el("thead", {}, head), el("tbody", {}, rows))),
    el("p", { class: `trust ${table.trust}` }, texts[`trust_${table.trust}`] ?? ""),
  );
}
