/** A person who logs in at the sandbox, with a browser of a few lines: it follows links and sends forms, and runs no scripts. */

export interface Answers {
  readonly email?: string;
  readonly decision?: 'approve' | 'deny';
}

const formOf = (page: string): string => /<form method="post" action="([^"]+)"/.exec(page)?.[1] ?? '';
const fieldOf = (page: string, name: string): string =>
  new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1] ?? '';

/** Fills in the form at an address and sends it. Returns the response, which may redirect. */
export async function fillIn(
  url: URL,
  { email = 'dev@example.com', decision = 'approve' }: Answers = {},
): Promise<Response> {
  const page = await (await fetch(url)).text();
  const fields = { login: fieldOf(page, 'login'), user_code: fieldOf(page, 'user_code'), email, decision };
  const body = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ''));
  return fetch(new URL(formOf(page), url), { method: 'POST', body, redirect: 'manual' });
}

/** Logs in, and returns the address to which the provider sends the browser back. */
export async function redirectOf(url: URL, answers?: Answers): Promise<URL> {
  return new URL((await fillIn(url, answers)).headers.get('location') ?? '');
}

/** Logs in, and returns the page that the browser shows in the end. */
export async function logIn(url: URL, answers?: Answers): Promise<Response> {
  return fetch(await redirectOf(url, answers));
}

/** Logs in, and returns the code that the page shows. */
export async function copyCode(url: URL, answers?: Answers): Promise<string> {
  return /id="code">([\w-]+)</.exec(await (await fillIn(url, answers)).text())?.[1] ?? '';
}
