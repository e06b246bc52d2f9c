// A commitment's card: a file that is made on the phone and given to its owner. Nothing is sent.

"use strict";

import { says } from "/page.js";

const FREE_AFTER_MS = 10000;

export function saveNote(card) {
  const lines = [says("says.card_title"), "", card.what];
  if (card.when) lines.push(`${says("ask.card_when")}: ${card.when}`);
  if (card.where) lines.push(`${says("ask.card_where")}: ${card.where}`);
  save("card.txt", "text/plain", lines.join("\n") + "\n");
}

export function saveToCalendar(card) {
  const day = card.when.replaceAll("-", "");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//dialogue//card//EN",
    "BEGIN:VEVENT",
    `UID:${randomId()}`,
    `DTSTAMP:${day}T000000Z`,
    `DTSTART;VALUE=DATE:${day}`,
    `SUMMARY:${escaped(card.what)}`,
    ...(card.where ? [`LOCATION:${escaped(card.where)}`] : []),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  save("card.ics", "text/calendar", lines.map(folded).join("\r\n") + "\r\n");
}

function save(name, type, text) {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FREE_AFTER_MS);
}

function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What the calendar format gives a meaning loses it.
function escaped(text) {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

// A line of the format has at most 75 bytes; its continuation begins with a space.
function folded(line) {
  const lines = [""];
  let bytes = 0;
  for (const sign of line) {
    const size = new TextEncoder().encode(sign).length;
    if (bytes + size > 73) {
      lines.push(" ");
      bytes = 1;
    }
    lines[lines.length - 1] += sign;
    bytes += size;
  }
  return lines.join("\r\n");
}
