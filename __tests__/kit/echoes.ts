/** The forms in which a server that was sent a token repeats it. */

/** Each form of a token, which need not be a JSON Web Token, by what was done to it. */
export function echoesOf(token: string): Readonly<Record<string, string>> {
  const [, payload = token, signature = token] = token.split('.');
  const rot13 = (letter: string): string => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  };
  return {
    plain: token,
    'in lines': token.match(/.{1,64}/g)?.join('\n') ?? '',
    'with zero-width spaces': [...token].join('\u200b'),
    'with soft hyphens': [...token].join('\u00ad'),
    'with blanks': token.match(/.{1,40}/g)?.join(' ') ?? '',
    'with dots': [...token].join('.'),
    base64: Buffer.from(token).toString('base64'),
    base64url: Buffer.from(token).toString('base64url'),
    'base64 twice': Buffer.from(Buffer.from(token).toString('base64')).toString('base64'),
    hexadecimal: Buffer.from(token).toString('hex'),
    'hexadecimal in pairs': Buffer.from(token)
      .toString('hex')
      .replace(/..(?=.)/g, '$&:'),
    'percent-encoded': Buffer.from(token).toString('hex').replace(/../g, '%$&'),
    'JSON escapes': [...token].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    'HTML entities': [...token].map((c) => `&#${c.charCodeAt(0)};`).join(''),
    'the payload alone': payload,
    'the payload decoded': Buffer.from(payload, 'base64url').toString(),
    'the signature alone': signature,
    'workflow commands': `\n::add-path::/evil\n##[error]${token}\n::stop-commands::${token}`,
    HTML: `<html>${token}`,
    reversed: [...token].reverse().join(''),
    'in capitals': token.toUpperCase(),
    ROT13: token.replace(/[A-Za-z]/g, rot13),
    'the second half': token.slice(token.length / 2),
  };
}

/** Bodies that carry each form in each place that an error could be read from. */
export function echoingBodies(token: string): readonly (readonly [what: string, body: string])[] {
  return Object.entries(echoesOf(token)).flatMap(([what, form]) => [
    [`${what}, as text`, form],
    [`${what}, as the message of a gRPC status`, JSON.stringify({ code: 3, message: `bad: ${form}`, details: [form] })],
    [`${what}, as the code of a gRPC status`, JSON.stringify({ code: form, message: form })],
    [`${what}, as the error of a registry`, JSON.stringify({ errors: [{ code: form, message: form, detail: form }] })],
    [`${what}, as an error of OAuth`, JSON.stringify({ error: form, error_description: form, error_uri: form })],
    [`${what}, as the name of two members`, `{${JSON.stringify(form)}:1,${JSON.stringify(form)}:2}`],
    [`${what}, in a text that does not end`, JSON.stringify(form).slice(0, -1)],
  ]);
}
