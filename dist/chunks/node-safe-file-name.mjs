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

function retryText({ reason, wait }) {
  return `${reason}; retrying in ${Math.ceil(wait / 1e3)} s`;
}

async function loadRegistries(request, world) {
  if (request.images.length === 0) return void 0;
  const { systemRegistries } = await import("./run-world-system-registries.mjs");
  return systemRegistries(request, world);
}
export {
  foldName,
  loadRegistries,
  retryText,
  safeFileName,
  truncate
};
