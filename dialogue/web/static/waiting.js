// The page while there is no session yet. It calls as the phone page does, and as soon as something
// else is told behind its address it is loaded anew: from then on it is the session's own page,
// with the session's own promises.

"use strict";

import { ask, byId, put, says } from "/page.js";

const EVERY_MS = 4000;
const PATIENCE_MS = 11000;
const BODY_BYTES = 16384;

let busy = false;

async function beat() {
  if (busy) return;
  busy = true;
  const text = `seat=${byId("seat").value}&sheet=&pad=`;
  const body = text.padEnd(BODY_BYTES, "x");
  try {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const state = await ask("/beat", PATIENCE_MS, { method: "POST", headers, body });
    put(byId("line"), "");
    if (state.step !== byId("step").textContent) location.reload();
  } catch {
    put(byId("line"), says("offline"));
  } finally {
    busy = false;
  }
}

beat();
setInterval(beat, EVERY_MS);
