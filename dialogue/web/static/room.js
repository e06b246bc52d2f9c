// The room view: follows the session, and never shows more than the room may see.

"use strict";

import { ask, byId, drawMoment, putOrHide, says, show } from "/page.js";

const EVERY_MS = 2000;
const PATIENCE_MS = 8000;

let busy = false;

async function beat() {
  if (busy) return;
  busy = true;
  try {
    draw(await ask("/room/state", PATIENCE_MS));
  } catch {
    // What is on the wall stays there until there is something new.
  } finally {
    busy = false;
  }
}

function draw(state) {
  drawMoment(state);
  show(byId("stage"), state.now !== "pausing");
  show(byId("join"), state.now !== "over");
  show(byId("house-agreements"), state.house_agreements.length > 0);
  const care = state.care_contact;
  putOrHide(byId("care"), care && says("moments.care", { contact: care }));
}

setInterval(beat, EVERY_MS);
beat();
