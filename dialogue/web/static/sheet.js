// The sheet on the phone: the asks that are open together, and what is left of those before.

"use strict";

import { Entry } from "/entry.js";
import { byId, put, says, show } from "/page.js";

export class Sheet {
  // `withdraw` is given the words of an answer that is to be deleted.
  constructor(withdraw) {
    this.withdraw = withdraw;
    this.place = byId("asks");
    this.id = "";
    this.entries = [];
    this.tokens = false; // whether they came; with seat cards they take a code
    this.taken = false;
    this.away = null;
  }

  // The sheet whose tokens this page has.
  held() {
    return this.tokens ? this.id : "";
  }

  // Show what the room's sheet has become.
  draw(state, tokens) {
    const sheet = state.sheet;
    const id = sheet === null ? "" : sheet.id;
    // In a pause nothing is taken away, whatever it is for.
    const kept = state.now === "pausing" && sheet === null && this.taken;
    if ((id !== this.id && !kept) || !this.taken) this.change(sheet);
    this.give(tokens);
    if (sheet !== null) this.sayAnew(sheet.asks);
    show(byId("before"), sheet !== null);
    if (sheet !== null) {
      const kinds = new Set(sheet.asks.map((ask) => ask.kind));
      show(byId("about-words"), kinds.has("words"));
      show(byId("hint"), kinds.has("words"));
      show(byId("about-choices"), kinds.size > (kinds.has("words") ? 1 : 0));
      show(byId("small-room"), sheet.small_room);
    }
    const closing = sheet !== null && sheet.moment === "closing";
    if (closing && byId("closing").hidden) put(byId("news"), says("says.closing"));
    show(byId("closing"), closing);
    this.hide(state.now === "pausing" || this.place.childElementCount === 0);
  }

  // The page was sent with a form for whoever has no script; what was begun there goes on here.
  change(sheet) {
    const begun = this.taken ? null : this.place.querySelector("form.ask");
    const writing = begun !== null && begun.contains(document.activeElement);
    if (this.id) this.close();
    const entries = sheet === null ? [] : sheet.asks.map(
      (ask) => new Entry(ask, sheet.id, this.withdraw),
    );
    if (!this.taken) this.place.replaceChildren();
    this.place.prepend(...entries.map((entry) => entry.place));
    if (begun !== null) takeOver(begun, entries, writing);
    if (sheet !== null && this.taken) put(byId("news"), says("says.opened"));
    this.entries.push(...entries);
    this.id = sheet === null ? "" : sheet.id;
    this.tokens = false;
    this.taken = true;
  }

  // The same questions may come in another language.
  sayAnew(asks = []) {
    for (const entry of this.entries) {
      const own = entry.sheet === this.id;
      entry.sayAnew(own ? asks.find((one) => one.id === entry.ask.id) : undefined);
    }
  }

  // Tokens come with the sheet, or later, once a card was shown.
  give(tokens) {
    for (const entry of this.entries) {
      const token = tokens[entry.ask.id];
      if (entry.token === "" && token) {
        entry.token = token;
        this.tokens = true;
      }
    }
  }

  // The sheet is gone. A draft stays with its writer, what is on its way goes on its way, and
  // what was kept goes out of sight.
  close() {
    for (const entry of this.entries) {
      if (entry.state === "draft" && entry.hasDraft()) entry.miss("says.missed");
      else if (entry.isOver()) entry.place.remove();
    }
    this.entries = this.entries.filter((entry) => entry.outgoing() !== null);
    put(byId("news"), says("says.closed"));
  }

  // A pause takes the sheet out of sight. Whoever was writing finds her place again.
  hide(hidden) {
    const sheet = byId("sheet");
    if (sheet.hidden === hidden) return;
    const focused = document.activeElement;
    if (hidden && sheet.contains(focused)) this.away = focused;
    sheet.hidden = hidden;
    if (!hidden && this.away !== null && document.activeElement === document.body) {
      this.away.focus({ preventScroll: true });
    }
    if (!hidden) this.away = null;
  }

  waiting() {
    return this.entries.filter((entry) => entry.outgoing() !== null);
  }

  settle() {
    for (const entry of this.entries) entry.settle();
  }

  clear() {
    for (const form of document.forms) form.reset();
    this.place.replaceChildren();
    this.entries = [];
    this.id = "";
    this.tokens = false;
  }
}

// What was typed or chosen before the script was there.
function takeOver(begun, entries, writing) {
  const ask = begun.elements.ask.value;
  const entry = entries.find((one) => one.ask.id === ask);
  if (entry === undefined) return;
  for (const field of begun.elements) {
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    for (const other of entry.form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") {
        if (other.value === field.value) other.checked = field.checked;
      } else {
        other.value = field.value;
      }
    }
  }
  entry.onInput();
  if (writing) entry.form.querySelector("textarea, input").focus({ preventScroll: true });
}
