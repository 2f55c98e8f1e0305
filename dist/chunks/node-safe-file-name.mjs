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

function looksLikeImage(text) {
  return /^[a-z0-9][a-z0-9._:/-]*(?::\w[\w.-]*|@sha\d{3}:[0-9a-f]+)$/i.test(text);
}
function beginsLikeImage(text) {
  return /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+:\d+)(?:\/[\w-]+)+$/i.test(text);
}
export {
  beginsLikeImage,
  foldName,
  looksLikeImage,
  safeFileName,
  truncate
};
