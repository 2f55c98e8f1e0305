/** The file names of Python distributions (PEP 427 and PEP 625, with versions of PEP 440), as PyPI requires them. */

/** A version in a file name, where each `-` of the version is replaced. */
const version = new RegExp(
  [
    '^(?:[0-9]+!)?[0-9]+(?:\\.[0-9]+)*',
    '(?:[._]?(?:a|b|c|rc|alpha|beta|pre|preview)[._]?[0-9]*)?',
    '(?:[._]?(?:post|rev|r)[._]?[0-9]*)?',
    '(?:[._]?dev[._]?[0-9]*)?',
    '(?:\\+[a-z0-9]+(?:[._][a-z0-9]+)*)?$',
  ].join(''),
  'i',
);
/** The normalised name of a project, as PEP 625 writes it. */
const sdistName = /^[a-z0-9]+(?:_[a-z0-9]+)*$/;
const wheelName = /^[A-Za-z0-9](?:[A-Za-z0-9._]*[A-Za-z0-9])?$/;
const build = /^[0-9][A-Za-z0-9_.]*$/;
const pythonTag = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/;
const tag = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;

/** Reports whether a file has the name of a source distribution or of a wheel. */
export function isDistributionName(name: string): boolean {
  if (name.endsWith('.tar.gz')) return isSdist(name.slice(0, -'.tar.gz'.length));
  return name.endsWith('.whl') && isWheel(name.slice(0, -'.whl'.length).split('-'));
}

function isSdist(stem: string): boolean {
  const dash = stem.lastIndexOf('-');
  return sdistName.test(stem.slice(0, Math.max(dash, 0))) && version.test(stem.slice(dash + 1));
}

function isWheel(parts: readonly string[]): boolean {
  if (parts.length < 5 || parts.length > 6) return false;
  const [name = '', release = ''] = parts;
  const [python = '', ...others] = parts.slice(-3);
  return (
    wheelName.test(name) &&
    !name.includes('__') &&
    version.test(release) &&
    (parts.length === 5 || build.test(parts[2] ?? '')) &&
    pythonTag.test(python) &&
    others.every((other) => tag.test(other))
  );
}
