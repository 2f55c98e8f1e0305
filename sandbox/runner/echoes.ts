/**
 * Finds a token in a text in forms that no runner masks, as a service that was sent it repeats it: in lines, with something between its
 * characters, in capitals, backwards, in Base64 or hexadecimal, each of its parts alone, or a piece of any of these.
 */

/** Shorter secrets occur by chance in what is left of a text. */
const shortestToken = 24;
/** A piece of twice this length is found wherever it begins. */
const pieceLength = 16;
const decodedLength = 48;

/** Makes the function that says whether a text repeats a token. */
export function echoFinder(token: string): (text: string) => boolean {
  if (token.length < shortestToken) return () => false;
  const parts = token.split('.').filter((part) => part.length >= shortestToken);
  const bytes = Buffer.from(token);
  const base64 = bytes.toString('base64');
  const forms = [token, ...parts, base64, Buffer.from(base64).toString('base64'), bytes.toString('hex')];
  const pieces = new Set(forms.flatMap((form) => [form, [...form].reverse().join('')]).flatMap(piecesOf));
  // The claims themselves are in certificates and reports; as a beginning of the payload they are the token's.
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

/** What is left of a text whatever stands between its letters and digits; the two alphabets of Base64 are one here. */
function squeeze(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}
