// The room view: follows the session, and never shows more than the room may see.

"use strict";

import { ask, byId, drawMoment, put, putIn, putOrHide, says, show } from "/page.js";

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
  drawBrief(state);
  drawCue(state.cue);
  show(byId("join"), state.now !== "over");
  show(byId("house-agreements"), state.house_agreements.length > 0);
  const care = state.care_contact;
  putOrHide(byId("care"), care && says("moments.care", { contact: care }));
}

// What was just named, or is asked anew, stands in the place of the step for a while.
function drawBrief(state) {
  const { named, recommit } = state;
  show(byId("named"), named !== null);
  show(byId("recommit"), recommit && named === null);
  if (named !== null || recommit) show(byId("talking"), false);
  if (named !== null) {
    putIn(byId("named-name"), named.name, named.language);
    putIn(byId("named-says"), named.says, named.language);
  }
  putOrHide(byId("back"), back(state));
  show(byId("door"), state.door_open);
}

// What is called to those who take turns, in a bar over the agreements; a screen reader says it once.
function drawCue(cue) {
  const words = cue && says(`cues.${cue}`);
  if (words !== byId("cue-words").textContent) put(byId("news"), words);
  put(byId("cue-sign"), cue && says(`sign.${cue}`));
  put(byId("cue-words"), words);
  show(byId("cue"), cue !== "");
}

function back(state) {
  if (state.back_in === null) return "";
  const key = state.back_in === 0 ? "now" : state.back_in === 1 ? "one" : "many";
  return says(`room.back_${key}`, { time: state.back_at, minutes: state.back_in });
}

setInterval(beat, EVERY_MS);
beat();
