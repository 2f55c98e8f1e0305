var harmless = /^[A-Za-z0-9_@%+=:,./-]+$/;
var unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\[/u;
function shellQuoted(argument) {
  if (harmless.test(argument)) return argument;
  if (!unprintable.test(argument)) return `'${argument.replaceAll("'", "'\\''")}'`;
  return `$'${Array.from(argument.replaceAll("##[", "##\0"), escaped).join("")}'`;
}
function pathArgument(path) {
  return shellQuoted(path.startsWith("-") ? `./${path}` : path);
}
function escaped(character) {
  if (character === "\0") return "\\x5b";
  if (character === "'" || character === "\\") return `\\${character}`;
  if (!unprintable.test(character)) return character;
  return Array.from(Buffer.from(character), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}
export {
  pathArgument,
  shellQuoted
};
