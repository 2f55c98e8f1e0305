/** The pages for people: plain forms, without scripts and without resources from other origins. */

import { utf8 } from '../../src/core/encoding/index.ts';
import type { HttpResponse } from '../http/index.ts';
import { hashOf } from '../pki/index.ts';
import { Html, html } from './html.ts';

const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #fff; --ground: #eef1f4; --line: #868e97;
  --accent: #0b5cad; --on-accent: #fff; --warn: #7a4d00; --warn-ground: #fff4d6; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a9b1ba; --paper: #1d2126; --ground: #121518;
  --line: #7d8590; --accent: #8ab8f5; --on-accent: #10202f; --warn: #ffd98a; --warn-ground: #352a10; --bad: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; padding: 2rem; border-radius: .75rem; background: var(--paper);
  box-shadow: 0 1px 3px rgb(0 0 0 / .2); }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.3; }
.notice { margin: 0 0 1.5rem; padding: .75rem 1rem; border-left: .25rem solid var(--warn); background: var(--warn-ground); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
label { display: block; font-weight: 600; }
input { width: 100%; margin: .25rem 0 1rem; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: .4rem;
  background: transparent; color: inherit; font: inherit; }
.code { font: 1.25rem/1.4 ui-monospace, monospace; letter-spacing: .05em; overflow-wrap: anywhere; user-select: all; }
.error { margin: 0 0 1rem; color: var(--bad); font-weight: 600; }
.actions { display: flex; gap: .75rem; }
button { padding: .6rem 1.25rem; border: 1px solid var(--accent); border-radius: .4rem; background: transparent;
  color: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
button.primary { background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

const styleHash = Buffer.from(hashOf('sha256', utf8(style))).toString('base64');

interface Page {
  readonly title: string;
  readonly content: Html;
  readonly status?: number;
  /** The origin that a form of the page may lead to, besides the issuer. Browsers apply this to redirects too. */
  readonly formTarget?: string;
}

function page({ title, content, status = 200, formTarget = '' }: Page): HttpResponse {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Countersign sandbox</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action 'self' ${formTarget}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'x-content-type-options': 'nosniff',
      // With 'no-referrer', browsers would send the form with the origin `null`, as they send those of other sites.
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    },
    body: utf8(document.markup),
  };
}

const notice = html`<p class="notice"><strong>This is a sandbox for testing.</strong> It needs no password and accepts any email
address. Do not trust its signatures.</p>`;

/** The contents of a form that is shown, perhaps again: what was typed, and what is wrong with it. */
export interface FormState {
  readonly email: string;
  readonly error?: string | undefined;
}

const emailField = ({ email, error }: FormState): Html => html`
<label for="email">Email address to sign in with</label>
<input id="email" name="email" type="email" value="${email}" autocomplete="email" required${marks(error)}>
${problem(error)}
<div class="actions">
<button class="primary" name="decision" value="approve">Sign in</button>
<button name="decision" value="deny" formnovalidate>Cancel</button>
</div>`;

const marks = (error: string | undefined): Html =>
  error === undefined ? html` autofocus` : html` autofocus aria-invalid="true" aria-describedby="problem"`;

const problem = (error: string | undefined): Html =>
  error === undefined ? html`` : html`<p class="error" id="problem" role="alert">${error}</p>`;

interface FormPage extends FormState {
  readonly action: string;
  readonly clientId: string;
}

export interface LoginPage extends FormPage {
  readonly ticket: string;
  /** The address to which the browser goes afterwards; absent if the code is shown instead. */
  readonly redirectUri: string | undefined;
  readonly formTarget: string;
}

export function loginPage({ action, ticket, clientId, redirectUri, formTarget, ...state }: LoginPage): HttpResponse {
  const next = redirectUri ?? 'this page, which shows a code to copy';
  return page({
    title: 'Sign in to the sandbox',
    status: state.error === undefined ? 200 : 400,
    formTarget,
    content: html`${notice}
<dl>
<dt>Requested by</dt><dd>${clientId}</dd>
<dt>Continues to</dt><dd>${next}</dd>
</dl>
<form method="post" action="${action}">
<input type="hidden" name="login" value="${ticket}">
${emailField(state)}
</form>`,
  });
}

export interface DevicePage extends FormPage {
  readonly userCode: string;
}

export function devicePage({ action, clientId, userCode, ...state }: DevicePage): HttpResponse {
  return page({
    title: 'Sign in on another device',
    status: state.error === undefined ? 200 : 400,
    content: html`${notice}
<p>Continue only if you started this sign-in yourself, and the waiting program shows the same code.</p>
<dl><dt>Requested by</dt><dd>${clientId}</dd></dl>
<form method="post" action="${action}">
<label for="user_code">Code</label>
<input id="user_code" name="user_code" class="code" value="${userCode}" autocomplete="off" autocapitalize="characters" spellcheck="false" required>
${emailField(state)}
</form>`,
  });
}

/** Returns the page with the code of the out-of-band form, for a program to which no browser can send the person back. */
export function codePage(code: string): HttpResponse {
  return page({
    title: 'Signed in',
    content: html`${notice}
<p>Copy this code into the program that asks for it. It is valid once, for two minutes.</p>
<p class="code" id="code">${code}</p>`,
  });
}

export function messagePage(title: string, message: string): HttpResponse {
  return page({ title, content: html`${notice}<p>${message}</p>` });
}

export function errorPage(status: number, message: string): HttpResponse {
  return page({ title: 'Sign-in failed', status, content: html`${notice}<p role="alert">${message}</p>` });
}
