/** The pages that end a login in the browser: without scripts, and without resources from anywhere. */

import { createHash } from 'node:crypto';

const style = `:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:1.125rem/1.5 system-ui,sans-serif}
main{max-width:32rem;padding:2rem}`;
const styleHash = createHash('sha256').update(style).digest('base64');

export interface RedirectPage {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Returns a page. The texts are constants: nothing of a request is in a page. */
function page(status: number, title: string, text: string): RedirectPage {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      // A connection that stays open would keep the server waiting.
      connection: 'close',
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Countersign</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`,
  };
}

export const successPage = page(200, 'You are logged in', 'You can close this window and return to the terminal.');
export const failurePage = page(400, 'The login failed', 'The terminal shows the reason. You can close this window.');
export const notFoundPage = page(404, 'Not found', 'There is nothing at this address. You can close this window.');
export const methodPage = page(405, 'Method not allowed', 'This address accepts only GET requests.');
