// One question and its answer on the page. startTurn() gives a turn that fills as events come.

import { chartCsv, chartImage, drawChart } from "./chart.js";
import { download, el, fill, formatNumber, hasFeedback, reports, texts, unbroken } from "./dom.js";
import { feedbackForm } from "./feedback.js";
import { linkTo } from "./link.js";
import { openReport } from "./report.js";
import { place, sourceItem, sourceList } from "./sources.js";

const PATIENCE = 1500; // milliseconds before it is worth a button to give up

let turns = 0;

/**
 * An empty turn: { element, status, citation, figure, delta, finish, fail }. `asked` holds the question
 * with its filters; `ask` asks again, `stop` gives up.
 */
export function startTurn(asked, ask, stop) {
  const { question } = asked;
  const id = `turn-${++turns}`;
  const slots = {
    scope: el("p", { class: "scope", hidden: true }),
    main: el("div", { class: "result" }),
    text: el("div", { class: "text" }, el("p", { class: "waiting" }, texts.reading)),
    extra: el("div", { class: "extra" }),
    sources: el("div"),
    after: el("div", { class: "after" }),
  };
  const card = el("div", { class: "card" }, slots.scope, slots.main, slots.text, slots.extra, slots.sources, slots.after);
  const heading = el("h2", { class: "question", id }, el("span", { class: "hidden" }, `${texts.you_asked} `), question);
  const element = el("article", { class: "turn", "aria-labelledby": id, "aria-busy": "true" }, heading, card);
  let streamed = "";
  const patience = setTimeout(() => slots.after.append(el("button", { type: "button", onclick: stop }, texts.stop)), PATIENCE);
  return {
    element,
    status(data) {
      showScope(slots.scope, data.scope);
      if (data.status === "searching") slots.text.firstChild.textContent = texts.searching;
    },
    citation(citation) {
      if (!slots.sources.firstChild) slots.sources.append(sourceList());
      slots.sources.querySelector("ol").append(sourceItem(citation));
    },
    figure(figure) {
      slots.main.replaceChildren(figureLine(figure));
    },
    delta(data) {
      streamed += data.text;
      slots.text.replaceChildren(el("p", {}, unbroken(streamed)));
    },
    finish(answer) {
      clearTimeout(patience);
      slots.main.lang = slots.text.lang = slots.extra.lang = answer.language;
      card.classList.add(answer.status);
      showScope(slots.scope, answer.scope);
      slots.main.replaceChildren(...head(answer));
      slots.text.replaceChildren(...textBlocks(answer));
      slots.extra.replaceChildren(...extras(answer, ask));
      slots.sources.replaceChildren(answer.citations.length ? sourceList(answer) : "");
      slots.after.replaceChildren(...after(asked, answer, ask));
      element.setAttribute("aria-busy", "false");
    },
    fail(message) {
      clearTimeout(patience);
      slots.after.replaceChildren();
      card.classList.add("failed");
      const retry = el("button", { type: "button", onclick: () => (element.remove(), ask(question)) }, texts.retry);
      slots.text.replaceChildren(el("p", {}, message), el("p", {}, retry));
      element.setAttribute("aria-busy", "false");
    },
  };
}

function showScope(slot, scope) {
  const chips = [...scope.kommuner, ...yearChips(scope.years)];
  const shown = (chips.length ? chips : [texts.everything]).map((chip) => el("span", { class: "chip" }, chip));
  slot.replaceChildren(el("span", {}, texts.understood), ...shown.flatMap((chip) => [" ", chip]), " ", el("span", { class: "made" }, texts.made));
  slot.hidden = false;
}

// Years in a row are one chip: 2021–2024.
function yearChips(years) {
  const sorted = [...years].sort();
  const isRun = sorted.length > 2 && sorted.at(-1) - sorted[0] === sorted.length - 1;
  return isRun ? [`${sorted[0]}–${sorted.at(-1)}`] : sorted.map(String);
}

function head(answer) {
  if (answer.status === "not_found") return [el("p", { class: "verdict" }, texts.not_found)];
  return answer.figure ? [figureLine(answer.figure, figureLabel(answer))] : [];
}

function figureLine(figure, label = "") {
  return el("p", { class: "figure" }, el("strong", {}, figure.text), label ? el("span", {}, label) : "");
}

function figureLabel(answer) {
  if (answer.calculation) return texts.calculated;
  const cell = answer.citations.find((citation) => citation.row);
  return cell ? [cell.row, cell.column].filter(Boolean).join(" · ") : "";
}

// Text with its [1] markers as buttons; lines that begin with a dash or a number are a list.
function textBlocks(answer) {
  const blocks = [];
  for (const line of answer.answer.split("\n").map((text) => text.trim()).filter(Boolean)) {
    const item = line.match(/^(?:[-•–*]|\d{1,2}[.)])\s+(.*)$/);
    const last = blocks.at(-1);
    if (!item) blocks.push(el("p", {}, withMarkers(line, answer)));
    else if (last?.tagName === "UL") last.append(el("li", {}, withMarkers(item[1], answer)));
    else blocks.push(el("ul", {}, el("li", {}, withMarkers(item[1], answer))));
  }
  return blocks;
}

function withMarkers(line, answer) {
  // a marker keeps the full stop after it on its own line
  return line.split(/(\[\d{1,3}\][.,;:]?)/).map((part) => {
    const [, n, stop] = part.match(/^\[(\d+)\](.?)$/) ?? [];
    const citation = n && answer.citations.find((candidate) => candidate.n === Number(n));
    if (!citation) return unbroken(part);
    const about = `[${n}] ${texts.source}: ${place(citation)}`;
    const open = (event) => openReport(citation, event.currentTarget);
    return el("span", { class: "together" }, el("button", { type: "button", class: "cite", "aria-label": about, onclick: open }, `[${n}]`), stop);
  });
}

function extras(answer, ask) {
  const parts = [];
  if (answer.clarify) {
    const options = answer.clarify.options.map((option) =>
      el("button", { type: "button", onclick: () => ask(option.question) }, option.label));
    parts.push(el("div", { class: "options", role: "group", "aria-label": texts.clarify }, options));
  }
  if (answer.series?.points.length > 1) parts.push(chartView(answer.series));
  if (answer.calculation) parts.push(calculationView(answer.calculation));
  return parts;
}

function calculationView(calculation) {
  return el(
    "details", { class: "calculation" },
    el("summary", {}, texts.calculation),
    el("p", { class: "expression" }, `${calculation.expression} = ${calculation.result}`),
    calculation.steps.length ? el("ol", { class: "steps" }, calculation.steps.map((step) => el("li", {}, step))) : "",
  );
}

function chartView(series) {
  const rows = series.points.map((point) =>
    el("tr", {}, el("th", { scope: "row" }, point.label), el("td", { class: "number" }, formatNumber(point.base_value))));
  const table = el(
    "table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, texts.label), el("th", { scope: "col", class: "number" }, `${series.name} (${series.base_unit})`))),
    el("tbody", {}, rows),
  );
  const save = async () => download("kommunesvar.png", await chartImage(series, texts));
  return el(
    "section", { class: "chart-box", "aria-label": texts.chart },
    drawChart(series, texts),
    el("details", {}, el("summary", {}, texts.chart_table), el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": texts.chart_table }, table)),
    el("p", { class: "actions" },
      el("button", { type: "button", class: "quiet", onclick: () => download("kommunesvar.csv", chartCsv(series)) }, texts.download_csv),
      el("button", { type: "button", class: "quiet", onclick: save }, texts.download_png)),
  );
}

function after(asked, answer, ask) {
  const parts = [];
  const next = answer.status === "answered" ? followups(answer.scope) : [];
  if (next.length) {
    const buttons = next.map((text) => el("button", { type: "button", onclick: () => ask(text, { follow: true }) }, text));
    parts.push(el("div", { class: "options followups", role: "group", "aria-label": texts.followups }, buttons));
  }
  const actions = el("div", { class: "actions" });
  if (answer.status === "clarify") return parts;
  if (navigator.clipboard) {
    const link = () => linkTo({ ...asked, question: answer.standalone_question ?? asked.question });
    actions.append(
      el("div", {}, copyButton(texts.copy, () => withSources(asked.question, answer)), copyButton(texts.copy_link, link)));
  }
  if (hasFeedback) actions.append(feedbackForm(asked.question, answer));
  return [...parts, actions];
}

// The neighbours of what was answered: other years of the same place, the same year elsewhere.
function followups(scope) {
  if (scope.kommuner.length !== 1 || scope.years.length !== 1) return [];
  const [place, year] = [scope.kommuner[0], scope.years[0]];
  const years = (reports[place] ?? []).filter((other) => other !== year).sort((a, b) => Math.abs(a - year) - Math.abs(b - year));
  const places = Object.keys(reports).filter((other) => other !== place && reports[other].includes(year)).sort();
  return [...years.slice(0, 2), ...places.slice(0, 2)].map((what) => fill(texts.what_about, { what }));
}

function copyButton(label, write) {
  const button = el("button", { type: "button", class: "quiet" }, label);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(write());
    button.textContent = document.getElementById("told").textContent = texts.copied;
    setTimeout(() => (button.textContent = label), 3000);
  });
  return button;
}

function withSources(question, answer) {
  const sources = answer.citations.map((c) => `[${c.n}] ${place(c)}${c.heading ? ` (${c.heading})` : ""}: «${c.quote}»`);
  return [question, "", answer.answer, "", ...sources].join("\n");
}
