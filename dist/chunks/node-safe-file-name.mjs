var unsafe = /[^\p{L}\p{M}\p{N}._+@=-]+/gu;
var device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
function safeFileName(text, maxBytes) {
  const plain = text.normalize("NFC").replace(unsafe, "_").replace(/^[.-]+|[.]+$/g, "");
  const name = device.test(plain) ? `_${plain}` : plain;
  return truncate(name === "" ? "subject" : name, maxBytes);
}
function truncate(text, maxBytes) {
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
function foldName(path) {
  return path.normalize("NFC").toUpperCase().toLowerCase();
}

import { formatDigest } from "./node-regular-file.mjs";

function subjectName(subject) {
  return subject.kind === "image" ? formatImage(subject) : subject.name;
}
function formatImage({ name, digest }) {
  return `${name}@${formatDigest(digest)}`;
}
function byName(a, b) {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
export {
  byName,
  foldName,
  formatImage,
  safeFileName,
  subjectName,
  truncate
};
