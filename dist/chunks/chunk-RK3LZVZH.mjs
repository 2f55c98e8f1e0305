import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  plainLine
} from "./chunk-N3LXJ7GI.mjs";

// src/report/shorten.ts
import { isAbsolute, relative, sep } from "node:path";
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
  const inside = relative(workspace, path);
  const outside = inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return (outside ? path : inside).split(sep).join("/");
}
function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

export {
  shorten,
  shownText,
  shownPath,
  count
};
