import { formatDigest } from "./node-regular-file.mjs";
function distinctSubjects(signed) {
  const byKey = /* @__PURE__ */ new Map();
  for (const subject of signed) {
    const key = JSON.stringify([subject.name, formatDigest(subject.digest), subject.platform ?? null]);
    if (!byKey.has(key)) byKey.set(key, subject);
  }
  return [...byKey.values()];
}

import { pathBelow } from "./core-bundle-read-bundle.mjs";

import { plainLine } from "./core-errors-codes.mjs";

import { sep } from "node:path";
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
function shownPath(path, workspace) {
  return pathBelow(workspace, path) || path.split(sep).join("/");
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

async function loadRegistries(request, world) {
  if (request.images.length === 0) return void 0;
  const { systemRegistries } = await import("./run-world-system-registries.mjs");
  return systemRegistries(request, world);
}
export {
  byteLength,
  count,
  distinctSubjects,
  fitting,
  loadRegistries,
  shorten,
  shownPath,
  shownText
};
