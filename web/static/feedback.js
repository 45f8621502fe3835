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
  const comment = el("textarea", { rows: 2, maxlength: 1000 });
  const include = el("input", { type: "checkbox" });
  const preview = el("pre");
  const form = el(
    "form", {},
    el("fieldset", {}, el("legend", {}, texts.why), choices),
    el("label", {}, texts.comment, comment),
    el("label", {}, include, " ", texts.with_question),
    el("p", {}, texts.preview),
    preview,
    el("p", { class: "actions" },
      el("button", { type: "submit" }, texts.send),
      el("button", { type: "button", class: "quiet", onclick: cancel }, texts.cancel)),
  );
  const content = () => {
    const reason = form.querySelector("input[type=radio]:checked")?.value;
    const said = comment.value.trim();
    const text = include.checked ? { question, answer: answer.answer } : {};
    return { verdict: "bad", ...(reason && { reason }), ...(said && { comment: said }), ...text };
  };
  const show = () => (preview.textContent = inWords(content()));
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(content()).then(thank);
  });
  show();
  return form;
}

// What is sent, as a person reads it: every part of it, and nothing else.
function inWords({ reason, comment, question, answer }) {
  const parts = [`${texts.useful} ${texts.no}.`, reason && `${texts[`reason_${reason}`]}.`, comment, question, answer];
  return parts.filter(Boolean).join("\n");
}

function send(body) {
  return fetch("/api/v1/feedback", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
