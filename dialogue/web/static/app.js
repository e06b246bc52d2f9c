// The phone page: follows the room, and sends what its owner has marked as done.
//
// It calls at a fixed beat, with a body of one length, whether it brings something or not. So
// neither the length nor the moment of a call says who wrote. Pressing a button never makes one.

"use strict";

import { ask, byId, drawMoment, put, putIn, says, show, speak, spoken } from "/page.js";
import { Seat } from "/seat.js";
import { Sheet } from "/sheet.js";

const EVERY_MS = 4000;
const PATIENCE_MS = 11000;
const BODY_BYTES = 16384;
const PAD = "&pad=";
const MOST_ENVELOPES = 4;

const page = byId("seat").value;
const seat = new Seat();
const began = performance.now();

let busy = false;
let lost = false;
let over = false;
let gone = false;
let withdrawing = "";

const sheet = new Sheet((words) => {
  withdrawing = words;
  put(byId("withdrawn"), says("says.deleting"));
});

async function beat() {
  if (busy || gone) return;
  busy = true;
  const { body, sent, words, code } = call();
  try {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    take(await ask("/beat", PATIENCE_MS, { method: "POST", headers, body }), sent, words, code);
  } catch {
    miss(sent);
  } finally {
    busy = false;
  }
}

// One body, of the one length. Words are long: one answer in words goes with a call.
function call() {
  const about = {
    seat: page,
    sheet: sheet.held(),
    code: seat.code,
    language: spoken(),
    withdraw: withdrawing,
  };
  let text = new URLSearchParams(about).toString();
  const sent = [];
  for (const entry of sheet.waiting()) {
    const more = `${text}&${numbered(sent.length + 1, entry.outgoing())}`;
    const wordy = entry.hasWords() && sent.some((one) => one.hasWords());
    if (sent.length === MOST_ENVELOPES || wordy) continue;
    if (more.length + PAD.length > BODY_BYTES) continue;
    text = more;
    sent.push(entry);
  }
  // From now on it may have arrived, whatever we hear.
  for (const entry of sent) entry.waitOn("says.loading");
  const body = text + PAD + "x".repeat(BODY_BYTES - PAD.length - text.length);
  return { body, sent, words: withdrawing, code: seat.code };
}

function numbered(number, envelope) {
  const named = Object.entries(envelope).map(([name, value]) => [`${number}.${name}`, value]);
  return new URLSearchParams(named).toString();
}

function take(state, sent, words, code) {
  if (gone) return;
  if (lost) put(byId("line"), "");
  if (lost) put(byId("news"), says("says.online"));
  lost = false;
  // From here on the page follows by itself.
  show(byId("look"), false);
  if (words) put(byId("withdrawn"), says("withdraw.deleted"));
  if (words === withdrawing) withdrawing = "";
  state.receipts.forEach((receipt, index) => sent[index].receive(receipt));
  sheet.settle();
  drawMoment(state);
  over = state.now === "over";
  putIn(document.querySelector(".title"), state.title, state.title_language);
  putIn(byId("rule-name"), state.rule.name, state.rule.language);
  putIn(byId("rule-text"), state.rule.text, state.rule.language);
  show(byId("house"), state.house_agreements.length > 0);
  show(byId("withdraw"), state.now !== "over");
  seat.draw(state, code);
  sheet.draw(state, state.tokens);
}

function miss(sent) {
  lost = true;
  // After the end nobody answers any more, and nobody need be told.
  if (over && sent.length === 0) return;
  put(byId("line"), says("says.offline"));
  for (const entry of sent) entry.waitOn("says.offline");
}

function tick() {
  beat();
  const late = (performance.now() - began) % EVERY_MS;
  setTimeout(tick, EVERY_MS - late);
}

byId("withdraw-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = event.target.elements.words;
  withdrawing = field.value;
  field.value = "";
  put(byId("withdrawn"), says("says.deleting"));
});

// To read in another language makes no call: the next one says which, and is as long as any.
byId("languages").addEventListener("submit", (event) => {
  event.preventDefault();
  speak(event.submitter.value);
  sheet.sayAnew();
  if (lost) put(byId("line"), says("says.offline"));
  put(byId("news"), says("page.reading"));
  const buttons = [...event.target.querySelectorAll("button")];
  for (const button of buttons) show(button, button.value !== spoken());
  buttons.find((button) => !button.hidden).focus();
});

// Whoever comes next to this phone, or presses Back, finds an empty page.
addEventListener("pagehide", () => {
  gone = true;
  seat.clear();
  sheet.clear();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

tick();
