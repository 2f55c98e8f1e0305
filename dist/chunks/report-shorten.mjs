import { plainLine } from "./options-row.mjs";
function shorten(text, maxLength) {
  if (text.length <= maxLength) return text;
  const tail = Math.floor((maxLength - 1) / 3);
  const start = text.slice(0, maxLength - 1 - tail).replace(/[\ud800-\udbff]$/, "");
  const end = text.slice(text.length - tail).replace(/^[\udc00-\udfff]/, "");
  return `${start}\u2026${end}`;
}
function shownText(text, maxLength) {
  return shorten(plainLine(shorten(text, maxLength)), maxLength);
}
function fitting(items, format, maxBytes) {
  const formatted = [];
  let room = maxBytes;
  for (const item of items) {
    const lines = format(item);
    room -= byteLength(lines);
    if (room < 0) break;
    formatted.push(lines);
  }
  return formatted;
}
function byteLength(lines) {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
export {
  byteLength,
  count,
  fitting,
  shorten,
  shownText
};
