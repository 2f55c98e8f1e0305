/**
 * Finds a token in a text in forms that no runner masks, in which a service may repeat it: broken into lines, with other characters in
 * between, in capitals, backwards, in Base64 or hexadecimal, one of its parts, or a piece of any of these.
 */

/** The length below which a secret occurs by chance in the letters and digits of a text. */
const shortestToken = 24;
/** The length of the pieces that are compared. Any piece of twice this length is found. */
const pieceLength = 16;
const decodedLength = 48;

/** Returns the function that reports whether a text repeats a token. */
export function echoFinder(token: string): (text: string) => boolean {
  if (token.length < shortestToken) return () => false;
  const parts = token.split('.').filter((part) => part.length >= shortestToken);
  const bytes = Buffer.from(token);
  const base64 = bytes.toString('base64');
  const forms = [token, ...parts, base64, Buffer.from(base64).toString('base64'), bytes.toString('hex')];
  const pieces = new Set(forms.flatMap((form) => [form, [...form].reverse().join('')]).flatMap(piecesOf));
  // Claims are in certificates and reports, too, but not in the form of the beginning of a payload.
  const decoded = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  const begins = decoded.filter((text) => text.startsWith('{"') && text.length >= decodedLength);
  return (text) => begins.some((begin) => text.includes(begin.slice(0, decodedLength))) || hasPiece(text, pieces);
}

function piecesOf(form: string): readonly string[] {
  const text = squeeze(form);
  return Array.from({ length: Math.max(0, text.length - pieceLength + 1) }, (_, at) =>
    text.slice(at, at + pieceLength),
  );
}

function hasPiece(text: string, pieces: ReadonlySet<string>): boolean {
  const squeezed = squeeze(text);
  for (let at = 0; at + pieceLength <= squeezed.length; at += pieceLength) {
    if (pieces.has(squeezed.slice(at, at + pieceLength))) return true;
  }
  return false;
}

/** Returns the letters and digits of a text in lower case, which makes the two alphabets of Base64 the same. */
function squeeze(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}
