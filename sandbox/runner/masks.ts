/**
 * Secret masking. A secret is replaced by *** wherever it, or one of the forms in which programs commonly print it,
 * occurs in a line.
 *
 * There is no minimum length: masking "a" makes a log unreadable, here as there. And the forms are exactly the
 * runner's, not better ones: Base64 of a secret followed by other bytes, for one, shows through at its end. A
 * simulation that hid more than GitHub does would hide a leak from the test that looks for it.
 */

const utf8 = new TextEncoder();

/** The secrets of a job. Masking applies to what is masked after a secret was added, never to what came before. */
export class SecretMasker {
  readonly #values = new Set<string>();
  readonly #forms = new Set<string>();

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.addWithLines(secret);
  }

  /** The secrets as they were added, without their encoded forms. */
  get values(): readonly string[] {
    return [...this.#values];
  }

  add(secret: string): void {
    if (secret === '' || this.#values.has(secret)) return;
    this.#values.add(secret);
    for (const form of encodedForms(secret)) this.#forms.add(form);
  }

  /** Adds a secret and each of its lines: output is masked line by line, where a secret of many never occurs whole. */
  addWithLines(secret: string): void {
    this.add(secret);
    for (const line of secret.split(/[\r\n]/)) this.add(line.trim());
  }

  /** The text with every secret replaced; secrets that overlap or touch become one replacement. */
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

/** The forms of a secret that are masked, itself among them. */
export function encodedForms(secret: string): readonly string[] {
  const bytes = utf8.encode(secret);
  return [
    secret,
    // Base64 regroups bits in threes of bytes: a prefix of unknown length shifts the secret by nought, one or two.
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
  // The runner's JSON writer escapes the three line separators that JSON itself would leave alone.
  return JSON.stringify(secret)
    .slice(1, -1)
    .replace(/[\u0085\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** RFC 3986's unreserved characters stay; encodeURIComponent would leave five more. */
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

/** PowerShell colours the part of a command at which it failed, and so cuts a secret at `&` or after `&+` and a letter. */
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
