// The page while there is no session yet. It asks for itself again and again, and is loaded anew
// once something else stands behind its address: the session's own page, with the session's own
// promises. It never makes the phone page's call, so nobody is counted twice.

"use strict";

import { byId, put, says } from "/page.js";

const EVERY_MS = 4000;
const PATIENCE_MS = 11000;

let busy = false;

async function look() {
  if (busy) return;
  busy = true;
  try {
    if (await isStillWaiting()) put(byId("line"), "");
    else location.reload();
  } catch {
    put(byId("line"), says("waiting.offline"));
  } finally {
    busy = false;
  }
}

async function isStillWaiting() {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const signal = patience.signal;
    const reply = await fetch("/", { cache: "no-store", credentials: "omit", signal });
    if (!reply.ok) throw new Error(String(reply.status));
    return (await reply.text()).includes('"/waiting.js"');
  } finally {
    clearTimeout(timer);
  }
}

setInterval(look, EVERY_MS);
