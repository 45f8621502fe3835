// The chat: one form, one log. Works on the page that the server made; without it the form still posts.

import { texts } from "./dom.js";
import { readLink } from "./link.js";
import { askStream } from "./stream.js";

// What shows answers is fetched while the question is written: the page is there before it.
const cards = import("./card.js");

const KEPT = "kommunesvar.conversation";
const MAX_TURNS = 4; // with the question, well under the API's limit for a body

const main = document.getElementById("main");
const log = document.getElementById("log");
const told = document.getElementById("told");
const form = document.getElementById("form");
const field = document.getElementById("question");
const error = document.getElementById("error");
const clear = document.getElementById("clear");
const examples = document.getElementById("examples");
const kommune = document.getElementById("kommune");
const year = document.getElementById("year");

let conversation = readKept();
let running = null;

async function ask(question, { follow = false, alone = false } = {}) {
  running?.abort();
  const request = (running = new AbortController());
  if (follow) kommune.value = year.value = ""; // a follow-up names its own place or year
  const body = { question, history: alone ? [] : lastTurns() };
  if (kommune.value) body.kommune = kommune.value;
  if (year.value) body.year = Number(year.value);
  settle();
  const { startTurn } = await cards;
  const turn = startTurn(body, ask, () => request.abort());
  log.append(turn.element);
  turn.element.scrollIntoView({ block: "start", behavior: "auto" });
  try {
    await askStream(
      body,
      (name, data) => {
        if (name !== "done") return turn[name]?.(data);
        turn.finish(data);
        keep({ question, kommune: body.kommune, year: body.year, answer: data });
        told.textContent = texts.ready;
      },
      request.signal,
    );
  } catch (problem) {
    turn.fail(problem.name === "AbortError" ? texts.stopped : (texts[`error_${problem.status}`] ?? texts.failed));
  }
}

function lastTurns() {
  return conversation.slice(-MAX_TURNS).map((turn) => ({ question: turn.question, answer: turn.answer.answer.slice(0, 600) }));
}

// From the first question on, the form asks for more and the examples step aside.
function settle() {
  told.textContent = "";
  main.classList.add("asked", "live");
  examples?.remove();
  clear.hidden = false;
  form.querySelector("label[for=question]").textContent = texts.followup_label;
  document.getElementById("hint").textContent = texts.followup_hint;
}

function keep(turn) {
  conversation = [...conversation, turn].slice(-30);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(conversation));
  } catch {
    // storage is full or closed: the conversation then lasts as long as the page
  }
}

function readKept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

function showError(text) {
  error.textContent = text;
  error.hidden = !text;
  if (text) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = (event.submitter?.name === "example" ? event.submitter.value : field.value).trim();
  showError(question ? "" : texts.empty_question);
  field.focus();
  if (!question) return;
  field.value = "";
  ask(question);
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

clear.addEventListener("click", () => {
  running?.abort();
  conversation = [];
  sessionStorage.removeItem(KEPT);
  location.assign(location.pathname === "/spor" ? "/" : location.pathname);
});

// Somebody followed a link to an answer: ask, and take the question out of the address again.
function askLinked() {
  const linked = readLink();
  if (!linked) return;
  history.replaceState(null, "", location.pathname);
  log.querySelector("article:not([aria-busy])")?.remove(); // the server's own answer to the same
  choose(kommune, linked.kommune);
  choose(year, linked.year);
  ask(linked.question, { alone: true });
}

function choose(select, value) {
  select.value = [...select.options].some((option) => option.value === value) ? value : "";
}

async function showKept() {
  if (!conversation.length) return;
  settle();
  const { startTurn } = await cards;
  for (const { answer, ...asked } of conversation) {
    const turn = startTurn(asked, ask);
    log.append(turn.element);
    turn.finish(answer);
  }
  log.lastElementChild.scrollIntoView({ block: "start" });
}

cards.catch(() => showError(texts.failed));
await showKept();
addEventListener("hashchange", askLinked);
askLinked();
