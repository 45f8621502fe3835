// "Was the answer helpful?": nothing is sent before a click, and what will be sent is shown first.

import { el, texts } from "./dom.js";

const REASONS = ["wrong_figure", "wrong_year", "wrong_place", "wrong_source", "not_answered", "hard_to_understand", "other"];

let forms = 0;

export function feedbackForm(question, answer) {
  const box = el("div", { class: "feedback" });
  const thank = () => {
    box.replaceChildren(el("p", { role: "status", tabindex: "-1" }, texts.thanks));
    box.firstChild.focus();
  };
  const yes = el("button", { type: "button", class: "quiet", onclick: () => send({ verdict: "good" }).then(thank) }, texts.yes);
  const no = el("button", { type: "button", class: "quiet", "aria-expanded": "false" }, texts.no);
  no.addEventListener("click", () => {
    const isOpen = box.querySelector("form") !== null;
    no.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) box.querySelector("form").remove();
    else box.append(reasonForm(question, answer, thank, () => no.click()));
  });
  const id = `useful-${++forms}`;
  box.append(el("p", { role: "group", "aria-labelledby": id }, el("span", { id }, texts.useful), " ", yes, " ", no));
  return box;
}

function reasonForm(question, answer, thank, cancel) {
  const name = `reason-${forms}-${Date.now()}`;
  const choices = REASONS.map((reason) =>
    el("label", {}, el("input", { type: "radio", name, value: reason, required: true }), " ", texts[`reason_${reason}`]));
  const include = el("input", { type: "checkbox" });
  const preview = el("pre");
  const form = el(
    "form", {},
    el("fieldset", {}, el("legend", {}, texts.why), choices),
    el("label", {}, include, " ", texts.with_question),
    el("p", {}, texts.preview),
    preview,
    el("p", { class: "actions" },
      el("button", { type: "submit" }, texts.send),
      el("button", { type: "button", class: "quiet", onclick: cancel }, texts.cancel)),
  );
  const content = () => {
    const reason = form.querySelector("input[type=radio]:checked")?.value;
    const text = include.checked ? { question, answer: answer.answer } : {};
    return { verdict: "bad", ...(reason ? { reason } : {}), ...text };
  };
  const show = () => (preview.textContent = JSON.stringify(content(), null, 2));
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(content()).then(thank);
  });
  show();
  return form;
}

function send(body) {
  return fetch("/api/v1/feedback", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
