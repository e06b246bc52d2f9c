// One ask on the phone: its form, its draft, and what became of it.
//
// A draft is what stands in a form, and nowhere else: it is gone with the page. What was marked
// as done waits for the page's next regular call. From its first try on it cannot be changed,
// because it may have arrived although the answer got lost; the same is then sent again.

"use strict";

import { saveNote, saveToCalendar } from "/card.js";
import { likely } from "/names.js";
import { byId, copyOf, drawList, put, putIn, putOrHide, putOurs, says, show } from "/page.js";

const MOST_SIGNS = 1000;

// So long nobody has typed when it is said which words may give somebody away.
const PAUSE_MS = 1500;

// What may stand in a form that was not answered, by kind.
const EMPTY = {
  words: "says.empty_words",
  compass: "says.empty_choice",
  choice: "says.empty_choice",
  scale: "says.empty_choice",
  "then-now": "says.empty_then_now",
  commitment: "says.empty_commitment",
};

export class Entry {
  constructor(ask, sheet, withdraw) {
    this.ask = ask;
    this.sheet = sheet;
    this.token = "";
    this.withdraw = withdraw;
    this.state = "draft"; // draft, waiting, tried, kept, passed, missed
    this.envelope = null;
    this.pressed = "";
    this.follows = null; // the words in what was kept, where the rest of it is ours to say
    this.looking = 0;
    this.form = drawForm(ask);
    this.card = copyOf("card");
    this.card.hidden = true;
    this.place = document.createElement("div");
    this.place.append(this.form, this.card);
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    this.form.addEventListener("click", (event) => this.onClick(event));
    this.form.addEventListener("input", () => this.onInput());
    this.button().addEventListener("click", () => this.onOther());
    if (ask.kind === "then-now") this.turnTo("then");
  }

  button() {
    return this.card.querySelector('[data-do="other"]');
  }

  hasWords() {
    return this.ask.kind === "words";
  }

  // The words that were typed and that nobody else has.
  words() {
    if (this.hasWords()) return this.form.elements.text.value;
    const fields = [...this.form.querySelectorAll("[data-card]")];
    return fields.map((field) => field.value.trim()).filter(Boolean).join("\n");
  }

  // Whether somebody has begun to answer.
  hasDraft() {
    if (this.words().trim() !== "") return true;
    const fields = answerOf(this.form);
    delete fields.level;
    delete fields.withdrawable;
    return Object.values(fields).some((value) => value.trim() !== "");
  }

  onSubmit(event) {
    event.preventDefault();
    const pass = this.pressed === "pass";
    const code = this.token === "" ? ["seat.needed"] : [""];
    const [key, over] = pass || code[0] ? code : troubleWith(this.ask, this.form);
    this.trouble(pass ? "" : key, over);
    if (!pass && key) {
      this.toFirst();
      return;
    }
    this.state = "waiting";
    this.envelope = pass ? null : envelopeOf(this);
    this.showCard("says.loading", { button: "receipt.change" });
  }

  onClick(event) {
    // Enter in a field presses the form's first button that sends, which is Done.
    if (event.target.name === "do") this.pressed = event.target.value;
    const what = event.target.dataset.do;
    if (what === "next") this.turnTo("now");
    if (what === "back") this.turnTo("then");
    if (what === "note" || what === "calendar") this.saveCard(what);
  }

  onInput() {
    this.trouble("");
    this.count();
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.hint(), PAUSE_MS);
  }

  // Name the words that may give somebody away: below the field, read aloud once they have changed.
  hint(text = this.hasWords() ? this.form.elements.text.value : "") {
    clearTimeout(this.looking);
    const place = this.form.querySelector(".likely");
    if (place === null) return;
    const found = likely(text);
    putOurs(place.querySelector(".lead"), found.length > 0 ? "says.likely" : "");
    drawList(place.querySelector(".found"), found, mark);
  }

  count() {
    const count = this.form.querySelector(".count");
    if (count === null) return;
    const signs = signsIn(this.form.elements.text.value);
    const over = signs - MOST_SIGNS;
    count.classList.toggle("over", over > 0);
    const [key, number] = over > 0 ? ["says.over", over] : ["says.count", signs];
    putOurs(count, "", says(key, { count: number }));
  }

  // The page speaks another language, or its questions do; what was filled in stays where it is.
  sayAnew(ask = this.ask) {
    this.ask = ask;
    word(this.form, ask);
    putIn(this.card.querySelector(".ask-text"), ask.text, ask.language);
    if (this.follows !== null) {
      put(this.card.querySelector(".kept"), keptText(ask, this.envelope, this.follows));
    }
    if (this.hasWords() && this.form.elements.text.value !== "") this.count();
  }

  toFirst() {
    const fields = this.form.querySelectorAll("textarea, input:not([type=hidden])");
    [...fields].find((field) => field.checkVisibility())?.focus();
  }

  // The one button of a card: change it, answer after all, delete it, remove it.
  onOther() {
    if (this.state === "waiting" || this.state === "passed") {
      this.backToForm("");
      this.toFirst();
    } else if (this.state === "kept") {
      this.withdraw(this.card.querySelector(".withdraw-words").textContent);
      show(this.button(), false);
    } else if (this.state === "missed") {
      this.place.remove();
    }
  }

  // Why it is not done: one of our sentences by its key, or one that the door sent.
  trouble(key, over = 0, sentence = key && says(key, { count: over })) {
    putOurs(this.form.querySelector(".trouble"), over > 0 ? "" : key, sentence);
    for (const field of this.form.querySelectorAll("textarea[name]")) {
      field.setAttribute("aria-invalid", String(sentence !== ""));
    }
  }

  backToForm(sentence) {
    this.state = "draft";
    this.envelope = null;
    show(this.form, true);
    show(this.card, false);
    this.trouble("", 0, sentence);
  }

  // `heading`, `button` and `ours` are keys of our own texts; `kept` and `sentence` came from the
  // door.
  showCard(heading, card = {}) {
    const { kept = "", ours = "", words = "", left = "", button = "", focus = true } = card;
    putIn(this.card.querySelector(".ask-text"), this.ask.text, this.ask.language);
    putOurs(this.card.querySelector(".heading"), heading, card.sentence ?? says(heading));
    putOurs(this.card.querySelector(".kept"), ours, kept || (ours && says(ours)));
    show(this.card.querySelector(".kept"), kept !== "" || ours !== "");
    putOrHide(this.card.querySelector(".left"), left);
    put(this.card.querySelector(".withdraw-words"), words);
    show(this.card.querySelector(".withdrawal"), words !== "");
    putOurs(this.button(), button);
    show(this.button().parentElement, button !== "");
    show(this.button(), button !== "");
    show(this.card, true);
    show(this.form, false);
    // Only somebody who has just pressed a button of this form is led on to what it became.
    if (focus) this.card.focus({ preventScroll: true });
  }

  // Then and now are two screens, so that the one is not held against the other.
  turnTo(screen) {
    for (const part of this.form.querySelectorAll(".screen")) {
      show(part, part.dataset.screen === screen);
    }
    const first = screen === "then";
    show(this.form.querySelector('[data-do="next"]'), first);
    show(this.form.querySelector('[data-do="back"]'), !first);
    show(this.form.querySelector('[value="done"]'), !first);
    show(this.form.querySelector(".last"), !first);
    if (this.place.isConnected) {
      this.form.querySelector(`[data-screen="${screen}"] input`).focus();
    }
  }

  saveCard(what) {
    const field = (name) => this.form.querySelector(`[data-card="${name}"]`).value.trim();
    const card = { what: field("what"), when: field("when"), where: field("where") };
    const lacks = card.what ? what === "calendar" && !card.when && "says.card_undated" : "says.card_empty";
    this.trouble(lacks || "");
    if (lacks) return;
    if (what === "calendar") saveToCalendar(card);
    else saveNote(card);
    this.form.elements.made.checked = true;
  }

  // Whether nothing of it is needed once the sheet is gone. What was kept is in the box then, and
  // no words lead to it any more.
  isOver() {
    return this.state !== "missed" && this.outgoing() === null;
  }

  // What is to go out with the next call, if anything.
  outgoing() {
    return ["waiting", "tried"].includes(this.state) ? this.envelope : null;
  }

  // A call has come and gone: whoever passed has passed.
  settle() {
    if (this.state !== "waiting" || this.envelope !== null) return;
    this.state = "passed";
    this.showCard("receipt.passed", {
      ours: "receipt.nothing",
      button: "receipt.answer",
      focus: false,
    });
  }

  // No answer came, or one that says to try again.
  waitOn(key) {
    this.state = "tried";
    this.showCard(key, { focus: false });
  }

  receive(receipt) {
    const { outcome } = receipt;
    if (outcome === "received") this.keep(receipt);
    else if (outcome === "wrong") this.backToForm(receipt.sentence);
    else if (outcome === "spoken") this.leave("", receipt.sentence);
    else if (outcome === "late") this.miss("receipt.late");
    else this.waitOn(outcome === "pausing" ? "says.held" : "says.retry");
  }

  keep(receipt) {
    this.state = "kept";
    this.showCard("receipt.kept", {
      kept: receipt.kept,
      ours: receipt.kept === "" ? "receipt.unshown" : "",
      words: receipt.withdraw_words,
      // Of a card only its owner has the words.
      left: this.hasWords() ? "" : this.words(),
      button: receipt.withdraw_words && "receipt.delete",
      focus: false,
    });
    const words = this.hasWords() ? receipt.kept.slice(0, receipt.kept.lastIndexOf("\n")) : "";
    const ours = receipt.kept === keptText(this.ask, this.envelope, words);
    this.follows = ours ? words : null;
    this.form.reset();
    this.hint("");
    put(byId("news"), says("says.received"));
  }

  miss(key) {
    this.leave(this.words() ? key : `${key}_choice`);
  }

  // It is not kept, and cannot be: its words stay with their writer, and the page goes on.
  leave(heading, sentence) {
    this.state = "missed";
    const left = this.words();
    this.showCard(heading, { sentence, left, button: "receipt.remove", focus: false });
    this.form.reset();
    this.hint("");
  }
}

function drawForm(ask) {
  const form = copyOf(`form-${ask.kind}`);
  // The names that parts of a form call each other by end in the name of their ask.
  for (const name of ["id", "aria-labelledby", "aria-describedby"]) {
    for (const part of form.querySelectorAll(`[${name}]`)) {
      part.setAttribute(name, part.getAttribute(name).replace(/-(?= |$)/g, `-${ask.id}`));
    }
  }
  drawOptions(form, ask);
  for (const row of form.querySelectorAll(".points")) drawPoints(row, ask);
  word(form, ask);
  const card = form.querySelector(".card-fields");
  if (card !== null) {
    show(card, true);
    show(form.querySelector(".paper"), false);
  }
  return form;
}

function mark(words) {
  const element = document.createElement("mark");
  element.dir = "auto";
  element.textContent = words;
  return element;
}

function drawOptions(form, ask) {
  const several = ask.kind === "compass";
  const options = ask.options.map((one) => {
    const option = copyOf(several ? "option-checkbox" : "option-radio");
    const input = option.querySelector("input");
    input.name = several ? `point-${one.id}` : "choice";
    input.value = several ? "1" : one.id;
    return option;
  });
  if (options.length > 0) form.querySelector(".options").prepend(...options);
}

// Put what an ask says on its form.
function word(form, ask) {
  putIn(form.querySelector(".ask-text"), ask.text, ask.language);
  const options = form.querySelectorAll(".options .option");
  ask.options.forEach((one, index) => {
    options[index].lang = one.language;
    put(options[index].querySelector(".label"), one.label);
    putOrHide(options[index].querySelector(".hint"), one.hint);
  });
  for (const ends of form.querySelectorAll(".ends")) ends.lang = ask.language;
  for (const low of form.querySelectorAll(".low")) put(low, ask.low);
  for (const high of form.querySelectorAll(".high")) put(high, ask.high);
}

function drawPoints(row, ask) {
  for (let value = 1; value <= ask.points; value += 1) {
    const point = copyOf("point");
    const input = point.querySelector("input");
    input.name = row.dataset.name || "value";
    input.value = String(value);
    put(point.querySelector("span"), String(value));
    row.append(point);
  }
}

// The fields of an answer; those without a name stay here.
function answerOf(form) {
  return Object.fromEntries(new FormData(form));
}

function envelopeOf(entry) {
  const fields = answerOf(entry.form);
  if ("text" in fields) fields.text = fields.text.normalize("NFC");
  return { ask: entry.ask.id, token: entry.token, ...fields };
}

// What was kept of an answer as the door says it in the page's language; `words` are as it left them.
function keptText(ask, fields, words) {
  const named = (isChosen) => ask.options.filter(isChosen).map((one) => one.label).join(", ");
  switch (ask.kind) {
    case "words":
      return `${words}\n${says(`kept.${fields.level}`)}`;
    case "compass":
      return named((one) => `point-${one.id}` in fields) || says("ask.not_sure");
    case "choice":
      return named((one) => one.id === fields.choice);
    case "scale":
      return fields.value;
    case "then-now":
      return says("kept.then_now", { then: fields.then, now: fields.now });
    default:
      return says("kept.commitment");
  }
}

function signsIn(text) {
  return [...text.normalize("NFC").replace(/\r\n/g, "\n").trim()].length;
}

// Why a form is not done yet, as the key of a sentence and how much is too much; or nothing.
function troubleWith(ask, form) {
  const { level, withdrawable, ...answer } = answerOf(form);
  const given = Object.values(answer).filter((value) => value.trim() !== "").length;
  if (given < (ask.kind === "then-now" ? 2 : 1)) return [EMPTY[ask.kind]];
  const over = ask.kind === "words" ? signsIn(answer.text) - MOST_SIGNS : 0;
  if (over > 0) return ["says.over", over];
  return [given > 1 && "not-sure" in answer ? "says.both" : ""];
}
