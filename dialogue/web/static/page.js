// What both pages share: finding elements, and putting words on them as plain text.

"use strict";

const LONG_SIGNS = 160;

export const byId = (id) => document.getElementById(id);

// The language that the page is in.
export const spoken = () => document.documentElement.lang;

// A text of the page's language; what stands in braces is filled in.
export function says(key, values = {}) {
  const texts = document.querySelector(`template.says[lang="${spoken()}"]`);
  const text = texts.content.querySelector(`[data-key="${key}"]`).textContent;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

// Say everything that is ours in another language. All of it came with the page: no call is made,
// and nothing that somebody wrote is touched.
export function speak(language) {
  const texts = document.querySelector(`template.says[lang="${language}"]`);
  document.documentElement.lang = language;
  document.documentElement.dir = texts.dir;
  document.title = says("page.title");
  sayAnew(document);
  for (const template of document.querySelectorAll("template:not(.says)")) {
    sayAnew(template.content);
  }
}

function sayAnew(place) {
  for (const part of place.querySelectorAll('[data-t]:not([data-t=""])')) {
    put(part, says(part.dataset.t));
  }
  for (const part of place.querySelectorAll("[data-label]")) {
    part.setAttribute("aria-label", says(part.dataset.label));
  }
}

// Put a text of ours, which follows the page's language from now on; or one that does not.
export function putOurs(element, key, text = key && says(key)) {
  element.dataset.t = key;
  put(element, text);
}

// Ask the program something; it fails where there is no good answer within a while.
export async function ask(path, patienceMs, options = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMs);
  const fixed = { cache: "no-store", credentials: "omit", signal: patience.signal };
  try {
    const reply = await fetch(path, { ...options, ...fixed });
    if (!reply.ok) throw new Error(String(reply.status));
    return await reply.json();
  } finally {
    clearTimeout(timer);
  }
}

// A fresh copy of what a template holds.
export function copyOf(id) {
  return byId(id).content.firstElementChild.cloneNode(true);
}

export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Put a text where there is one, and hide its place where there is none.
export function putOrHide(element, text) {
  put(element, text);
  show(element, text !== "");
}

export function show(element, visible) {
  if (element.hidden === visible) element.hidden = !visible;
}

// Draw a list again, but only when it has changed: a screen reader stays where it is.
export function drawList(list, items, draw) {
  const drawn = JSON.stringify(items);
  if (list.dataset.drawn === drawn) return;
  list.dataset.drawn = drawn;
  list.replaceChildren(...items.map(draw));
}

export function paragraph(text, tag = "p", language = "") {
  const element = document.createElement(tag);
  element.dir = "auto";
  if (language) element.lang = language;
  element.textContent = text;
  return element;
}

// Put a text that may be in another language than the page, so that it is read aloud in its own.
export function putIn(element, text, language) {
  if (element.lang !== language) element.lang = language;
  putOrHide(element, text);
}

function agreement(one) {
  const item = copyOf("agreement");
  item.lang = one.language;
  const texts = [one.name, one.asks, one.does_not_ask];
  [...item.children].forEach((part, index) => put(part, texts[index]));
  return item;
}

// What both pages show of a moment.
export function drawMoment(state) {
  for (const moment of ["arriving", "talking", "pausing", "over"]) {
    show(byId(moment), state.now === moment);
  }
  putIn(byId("step"), state.step, state.step_language);
  const prompts = state.prompts.map((text, at) => [text, state.prompt_languages[at]]);
  drawList(byId("prompts"), prompts, ([text, language]) => paragraph(text, "p", language));
  byId("prompts").classList.toggle("long", state.prompts.join("").length > LONG_SIGNS);
  putIn(byId("content-note"), state.content_note, state.note_language);
  putIn(byId("second-door"), state.second_door, state.door_language);
  drawList(byId("agreements"), state.agreements, agreement);
  byId("house-agreements").lang = state.house_language;
  drawList(byId("house-agreements"), state.house_agreements, (text) => paragraph(text, "li"));
  announce(state);
}

let announced = null;

// Say once, politely, what is new. The first time nothing is new: it is being read anyway.
function announce(state) {
  const now = state.now === "talking" ? says("says.step", { step: state.step }) : "";
  const news = ["pausing", "over"].includes(state.now) ? says(`moments.${state.now}`) : now;
  if (announced !== null && news !== announced) put(byId("news"), news);
  announced = news;
}
