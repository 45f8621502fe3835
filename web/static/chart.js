// A series as a bar chart in SVG: columns for years, lying bars for names. Zero is always on the axis.

import { formatNumber } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const SCREEN = { bar: "var(--accent)", text: "var(--text)", ground: null };
const PAPER = { bar: "#0062ba", text: "#1e2b3c", ground: "#ffffff" };
const [WIDE, NARROW] = [640, 340]; // the text is 16 units high, so a phone needs fewer of them
const COLUMN = 56; // what a column and the figure above it need

/** How a unit's figures are best written: { divide, unit, decimals }. */
export function scaleFor(unit, values, texts) {
  const largest = Math.max(...values.map(Math.abs));
  if (unit === "kr" && largest >= 1e10) return { divide: 1e9, unit: texts.thousand_million, decimals: 1 };
  if (unit === "kr" && largest >= 1e6) return { divide: 1e6, unit: texts.million, decimals: largest < 1e8 ? 1 : 0 };
  return { divide: 1, unit: unit === "prosent" ? "%" : unit, decimals: 2 };
}

export function drawChart(series, texts) {
  return draw(series, texts, SCREEN, matchMedia("(max-width: 36rem)").matches ? NARROW : WIDE);
}

function draw(series, texts, colours, width) {
  const points = inYearOrder(series.points);
  const values = points.map((point) => point.base_value);
  const scale = scaleFor(series.base_unit, values, texts);
  const shown = values.map((value) => formatNumber(value / scale.divide, scale.decimals, scale.divide > 1 ? scale.decimals : 0));
  const labels = points.map((point) => point.label);
  const isColumns = points !== series.points && values.length * COLUMN <= width;
  const chart = { title: `${series.name} (${scale.unit})`, labels, values, shown, colours, width };
  return isColumns ? drawColumns(chart) : drawBars(chart);
}

// Points of different years ("2024", "i 2024") from left to right; other points as they are.
function inYearOrder(points) {
  const years = points.map((point) => point.label.match(/^(?:i |in )?(\d{4})$/)?.[1]);
  if (years.includes(undefined) || new Set(years).size < years.length) return points;
  return points.map((point, i) => ({ ...point, label: years[i] })).sort((a, b) => a.label - b.label);
}

function drawColumns({ title, labels, values, shown, colours, width }) {
  const [height, top, bottom] = [320, 64, 34];
  const svg = start(width, height, title, labels, shown, colours);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const y = (value) => top + ((high - value) / (high - low || 1)) * (height - top - bottom - (low < 0 ? 22 : 0));
  const step = width / values.length;
  const bar = Math.min(72, step * 0.6);
  values.forEach((value, i) => {
    const x = step * (i + 0.5);
    const [from, to] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
    svg.append(shape("rect", { x: x - bar / 2, y: from, width: bar, height: Math.max(1, to - from), fill: colours.bar, rx: 2 }));
    svg.append(word(shown[i], x, value < 0 ? to + 18 : from - 8, colours, "middle", 600));
    svg.append(word(labels[i], x, height - 8, colours, "middle"));
  });
  svg.append(shape("line", { x1: 0, x2: width, y1: y(0), y2: y(0), stroke: colours.text, "stroke-width": 1 }));
  return svg;
}

function drawBars({ title, labels, values, shown, colours, width }) {
  const row = 44;
  const [height, top] = [56 + values.length * row, 48];
  const svg = start(width, height, title, labels, shown, colours);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = width - 130;
  const x = (value) => (low < 0 ? 60 : 0) + ((value - low) / (high - low || 1)) * (room - (low < 0 ? 60 : 0));
  values.forEach((value, i) => {
    const y = top + i * row;
    const [from, to] = [Math.min(x(value), x(0)), Math.max(x(value), x(0))];
    svg.append(word(shorten(labels[i], width), 0, y + 14, colours));
    svg.append(shape("rect", { x: from, y: y + 20, width: Math.max(1, to - from), height: 16, fill: colours.bar, rx: 2 }));
    svg.append(word(shown[i], to + 8, y + 33, colours, "start", 600));
    svg.append(shape("line", { x1: x(0), x2: x(0), y1: y + 18, y2: y + 38, stroke: colours.text, "stroke-width": 1 }));
  });
  return svg;
}

function start(width, height, title, labels, shown, colours) {
  const spoken = `${title}: ${labels.map((label, i) => `${label} ${shown[i]}`).join(", ")}`;
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": spoken, class: "chart" });
  if (colours.ground) svg.append(shape("rect", { width, height, fill: colours.ground }));
  svg.append(word(shorten(title, width), 0, 22, colours, "start", 600));
  return svg;
}

function shorten(label, width) {
  const room = Math.floor(width / 9);
  return label.length > room ? `${label.slice(0, room - 1)}…` : label;
}

function word(text, x, y, colours, anchor = "start", weight = 400) {
  const element = shape("text", { x, y, fill: colours.text, "text-anchor": anchor, "font-size": 16, "font-weight": weight, "font-family": "Inter, system-ui, sans-serif" });
  element.textContent = text;
  return element;
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** The chart as a PNG on white, at twice the size. */
export async function chartImage(series, texts) {
  const svg = draw(series, texts, PAPER, WIDE);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  svg.setAttribute("xmlns", SVG);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  const source = new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
  const address = URL.createObjectURL(source);
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** The series as CSV with semicolons and decimal commas, as Norwegian spreadsheets expect. */
export function chartCsv(series) {
  const quote = (text) => `"${(/^[=+@\t\r]/.test(text) ? "'" + text : text).replaceAll('"', '""')}"`;
  const lines = series.points.map((point) => `${quote(point.label)};${String(point.base_value).replace(".", ",")}`);
  const head = `${quote("")};${quote(`${series.name} (${series.base_unit})`)}`;
  return new Blob(["\ufeff", [head, ...lines].join("\r\n"), "\r\n"], { type: "text/csv" });
}
