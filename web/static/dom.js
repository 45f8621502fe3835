// Small helpers to build elements. Text is always set as text: nothing here parses HTML.

/** An element with attributes and children; strings become text. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** A text with {name} places filled in. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A text in which no figure is broken over two lines: "627 462 000 kr" stays together. */
export function unbroken(text) {
  return text.replace(/(\d) (?=\d{3}(?!\d)|kr\b|mill\.|mrd\.|%)/g, "$1\u00a0");
}

/** A figure as Norwegian prints it: no-break spaces, comma, a real minus. */
export function formatNumber(value, maximumFractionDigits = 2, minimumFractionDigits = 0) {
  return value
    .toLocaleString("nb-NO", { maximumFractionDigits, minimumFractionDigits })
    .replace(/[\s\u00a0\u202f]/g, "\u00a0")
    .replace("-", "\u2212");
}

/** Let the person keep `content` as a file. */
export function download(name, content) {
  const address = URL.createObjectURL(content);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const data = JSON.parse(document.getElementById("data").textContent);
export const texts = data.texts;
export const reports = data.reports;
export const hasFeedback = data.feedback;
