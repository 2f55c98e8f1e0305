/**
 * Masks secrets: replaces each by *** in a line, also in the forms in which programs commonly print it.
 *
 * As in GitHub's runner, there is no minimum length, and the Base64 of a secret that is followed by other bytes is not masked at its end:
 * masking more than GitHub does would hide leaks from tests.
 */

const utf8 = new TextEncoder();

/** The secrets of a job. A secret is masked from the time at which it is added. */
export class SecretMasker {
  readonly #values = new Set<string>();
  readonly #forms = new Set<string>();

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.addWithLines(secret);
  }

  /** Returns the secrets as they were added, without their encoded forms. */
  get values(): readonly string[] {
    return [...this.#values];
  }

  add(secret: string): void {
    if (secret === '' || this.#values.has(secret)) return;
    this.#values.add(secret);
    for (const form of encodedForms(secret)) this.#forms.add(form);
  }

  /** Adds a secret and each of its lines, since output is masked line by line. */
  addWithLines(secret: string): void {
    this.add(secret);
    for (const line of secret.split(/[\r\n]/)) this.add(line.trim());
  }

  /** Replaces every secret in a text. Secrets that overlap or touch are replaced together. */
  mask(text: string): string {
    const ranges = this.#occurrences(text).sort((a, b) => a.start - b.start);
    let masked = '';
    let end = 0;
    for (const range of ranges) {
      if (range.start > end || masked === '') masked += `${text.slice(end, range.start)}***`;
      end = Math.max(end, range.end);
    }
    return masked + text.slice(end);
  }

  #occurrences(text: string): { readonly start: number; readonly end: number }[] {
    const found: { readonly start: number; readonly end: number }[] = [];
    for (const form of this.#forms) {
      for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) {
        found.push({ start, end: start + form.length });
      }
    }
    return found;
  }
}

/** Returns the forms of a secret that are masked, including the secret itself. */
export function encodedForms(secret: string): readonly string[] {
  const bytes = utf8.encode(secret);
  return [
    secret,
    // Base64 encodes groups of three bytes: a prefix of unknown length shifts the secret by zero, one or two bytes.
    ...[0, 1, 2].map((shift) => Buffer.from(bytes.length > shift ? bytes.subarray(shift) : bytes).toString('base64')),
    secret.replaceAll('"', '\\"'),
    secret.replaceAll("'", "''"),
    jsonForm(secret),
    uriForm(bytes),
    xmlForm(secret),
    withoutQuotes(secret),
    ...powershellForms(secret),
  ].filter((form) => form !== '');
}

function jsonForm(secret: string): string {
  // The runner's JSON writer also escapes these three line separators.
  return JSON.stringify(secret)
    .slice(1, -1)
    .replace(/[\u0085\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Escapes all but the unreserved characters of RFC 3986; encodeURIComponent leaves five more. */
function uriForm(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    text += /[A-Za-z0-9\-_.~]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

const xmlEntities: ReadonlyMap<string, string> = new Map([
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  ['&', '&amp;'],
]);

function xmlForm(secret: string): string {
  return secret.replace(/[<>"'&]/g, (char) => xmlEntities.get(char) ?? char);
}

function withoutQuotes(secret: string): string {
  return secret.length > 8 && secret.startsWith('"') && secret.endsWith('"') ? secret.slice(1, -1) : '';
}

/** Returns the parts of a secret that PowerShell prints: it colours the part of a command that failed, and splits at `&` or after `&+x`. */
function powershellForms(secret: string): readonly string[] {
  const last = secret.lastIndexOf('&');
  if (last < 0) return [];
  const joined = secret.indexOf('&+');
  const parts =
    joined >= 0
      ? [secret.slice(0, joined + 2), secret.slice(joined + 3)]
      : [secret.slice(0, last + 1), secret.slice(last + 1)];
  return parts.filter((part) => part.length >= 6);
}
