// Words that may give somebody away, found on the phone while their writer types.
//
// A hint and no more: nothing is sent, kept or held up by it. It knows no list of who is in the
// room, only how names, dates and units look, and the words that look so and are none of them.

"use strict";

const LONGEST = 4000;
const MOST_SHOWN = 8;

const words = (text) => new Set(text.trim().split(/\s+/));

// Begins with a capital wherever it stands, and tells nobody who: "I", race, faith, language, day.
const KEPT = words(`
  i i'm i've i'd i'll god ok monday tuesday wednesday thursday friday saturday sunday january
  february march april may june july august september october november december christmas
  thanksgiving easter ramadan eid diwali juneteenth black white brown asian latina latino latinx
  latine hispanic native indigenous african american european arab jewish muslim christian catholic
  hindu buddhist sikh protestant baptist english spanish french chinese arabic somali mexican
  puerto rican dominican cuban haitian jamaican nigerian filipino filipina vietnamese korean indian
  america africa asia europe mexico race dios navidad pascua`);

// May begin a sentence that goes on like one about a person.
const STARTERS = words(`
  i he she they we you it who one nobody someone somebody everyone everybody people others this that
  my our your his her their the a an then and but so also later in on at for from with when where
  what why how if as after before because since while during not no yes today yesterday once
  yo él ella ellos ellas nosotros usted ustedes alguien nadie quien quién todos todas otros otras
  mi su nuestro nuestra el la los las un una y pero luego después entonces también me te se le en
  con por para cuando donde como cómo qué si no sí desde ayer hoy antes porque mientras`);

const NAME = "\\p{Lu}[\\p{L}\\p{M}'’-]{1,30}";
const SAYING = "said|says|told|asked|answered|laughed|thinks|dijo|dice|contó|preguntó|pidió|piensa";
const TITLE = "Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Rev|Nurse|Coach|Sr|Sra|Srta|Dra|Don|Doña|Profe";
const UNIT = "unit|ward|room|floor|bed|bay|wing|dept|department|class|grade|unidad|sala|cuarto|" +
  "habitación|piso|cama|planta|ala|grupo|grado|salón|aula";
const MONTH = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|" +
  "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|" +
  "julio|agosto|se(?:p)?tiembre|octubre|noviembre|diciembre";

const LOOKS = [
  /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,30}){1,4}/gu,
  /\+?\d(?:[ ().-]{0,2}\d){6,14}/gu,
  /\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}/gu,
  /@[\p{L}\d_]{2,30}/gu,
  new RegExp(`\\b(?:${MONTH})\\.? \\d{1,2}(?![\\d:])`, "giu"),
  new RegExp(`\\d{1,2}(?:st|nd|rd|th)? (?:de |of )?(?:${MONTH})(?!\\p{L})`, "giu"),
  new RegExp(`(?:${UNIT}) \\d{1,4}\\p{L}?(?![\\p{L}\\d])`, "giu"),
  /\d{1,2} ?(?:north|south|east|west|norte|sur|este|oeste)(?!\p{L})/giu,
  /[A-Z]{1,4}\d{1,4}(?![\p{L}\d])/gu,
  new RegExp(`(?:${TITLE})\\.? ${NAME}(?: ${NAME})?`, "gu"),
];
const CAPITALS = new RegExp(`${NAME}(?: ${NAME}){0,3}`, "gu");
const SAYS = new RegExp(`^ (?:me |nos )?(?:${SAYING})(?!\\p{L})`, "u");

// What may give somebody away, as it was written, each once and in order.
export function likely(text) {
  const typed = text.normalize("NFC").slice(0, LONGEST);
  const found = LOOKS.flatMap((look) => [...typed.matchAll(look)].filter(isWhole).map(placed));
  for (const match of typed.matchAll(CAPITALS)) found.push(...named(typed, match));
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const kept = [];
  for (const one of found) {
    if (kept.length === 0 || one.start >= kept.at(-1).end) kept.push(one);
  }
  return [...new Set(kept.map((one) => one.words))].slice(0, MOST_SHOWN);
}

// A word that something stands right before is a part of another.
function isWhole(match) {
  return match.index === 0 || !/[\p{L}\d]/u.test(match.input[match.index - 1]);
}

function placed(match) {
  return { start: match.index, end: match.index + match[0].length, words: match[0] };
}

// Of some words with capitals those that may be a name: not what only begins a sentence.
function named(text, match) {
  const parts = match[0].split(" ");
  let start = match.index;
  const goesOn = SAYS.test(text.slice(start + match[0].length));
  const first = parts[0].toLowerCase();
  if (begins(text, start) && STARTERS.has(first)) start += parts.shift().length + 1;
  while (parts.length > 0 && isPlain(parts[0])) start += parts.shift().length + 1;
  while (parts.length > 0 && isPlain(parts.at(-1))) parts.pop();
  if (parts.length === 1 && begins(text, start) && !goesOn) return [];
  const left = parts.join(" ").replace(/['’]s?$/u, "");
  return left === "" ? [] : [{ start, end: start + left.length, words: left }];
}

function begins(text, at) {
  return /(?:^|[.!?…:\n])["“”«'(¡¿\s-]*$/u.test(text.slice(Math.max(at - 12, 0), at));
}

// Kept, or an abbreviation in capitals.
function isPlain(word) {
  return KEPT.has(word.toLowerCase().replace("’", "'")) || /^\p{Lu}{2,5}$/u.test(word);
}
