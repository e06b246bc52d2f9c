// The seat card: the code that was typed, in memory as long as the page is open.
//
// It goes out with every call of the page, like everything else, and never makes one.

"use strict";

import { byId, put, says, show } from "/page.js";

export class Seat {
  constructor() {
    this.code = "";
    this.open = false;
    this.taken = false;
    this.form = byId("code-form");
    this.field = byId("code");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.take();
    });
    // Whoever goes on to write without pressing the button has typed it all the same.
    this.field.addEventListener("change", () => this.take());
  }

  take() {
    const typed = this.field.value.trim();
    if (typed === "" || typed === this.code) return;
    this.code = typed;
    put(byId("code-news"), says("seat.looking"));
  }

  // Show what the room and the code that went out have come to.
  draw(state, code) {
    const typing = !this.taken && document.activeElement.name === "code";
    if (!this.taken) this.takeOver();
    // What was typed meanwhile has not been heard of yet.
    if (code === this.code) this.hear(state.seat);
    const here = state.seat_cards && state.now !== "pausing" && state.now !== "over";
    const asked = here && !this.open;
    const writing = this.form.contains(document.activeElement);
    const news = here && this.open && byId("seated").hidden;
    show(byId("seated"), here && this.open);
    show(this.form, asked);
    if (typing && asked) this.field.focus({ preventScroll: true });
    if (!news) return;
    put(byId("news"), says("seat.seated"));
    // The field is gone; whoever was in it goes on from here.
    if (writing) byId("seated").focus({ preventScroll: true });
  }

  hear(seat) {
    if (seat === "wait") {
      put(byId("code-news"), says("seat.retry"));
      return;
    }
    this.open = seat === "open";
    if (seat !== "wrong") return;
    put(byId("code-news"), says("seat.wrong"));
    this.code = ""; // a wrong code is sent once
  }

  // The page came with a field for whoever has no script; what was begun there goes on here.
  takeOver() {
    this.taken = true;
    for (const begun of document.querySelectorAll('[name="code"]')) {
      if (begun.value === "") continue;
      this.field.value = begun.value;
      if (begun !== document.activeElement) this.take();
    }
  }

  clear() {
    this.form.reset();
    this.code = "";
  }
}
