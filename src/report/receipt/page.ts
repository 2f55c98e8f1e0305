/** Formats a receipt, or the verifier without one, as an HTML page that loads nothing and runs one script: the verifier. */

import { digest } from '../../core/crypto/index.ts';
import { encodeBase64, utf8 } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { Html, html, wholeText } from '../html.ts';
import type { VerifyCommand } from '../verify-commands.ts';
import { type PageTexts, type ReceiptContent, receiptTexts, verifierTexts } from './page-data.ts';
import { receiptStyle as style } from './style.ts';

export interface ReceiptPage extends ReceiptContent {
  /** The commands that verify the file with other programs. */
  readonly commands: readonly VerifyCommand[];
  /** The names under which the commands expect the bundle, and the trusted root if they need it. */
  readonly saved: { readonly bundle: string; readonly trustedRoot: string | undefined };
}

/** The longest page that is written: browsers and mail programs open it without delay. */
const maxLength = 4 * 1024 * 1024;

/**
 * Returns the page of a receipt.
 *
 * @param script the verifier, which the build makes of src/page
 * @throws CountersignError `LIMIT_EXCEEDED` for a bundle that makes the page too long
 */
export function receiptPage({ commands, saved, ...content }: ReceiptPage, script: string): string {
  const { file } = content;
  const text = page({
    title: `Receipt for ${file}`,
    brand: 'Countersign receipt',
    heading: file,
    body: [
      facts(),
      html`<section aria-labelledby="file-title" class="screen"><h2 id="file-title">Check your copy of the file</h2><p>The receipt does not contain the file. Choose your copy, and this page compares it with what was signed. The file stays on this computer: nothing is sent anywhere.</p>${fileField('Your copy of the file')}${progress()}</section>`,
      limits(
        html`Before you rely on it, get the receipt from a source that you trust, or check the file with a <a href="#commands">program that you have installed yourself</a>.`,
      ),
      steps(),
      html`<section aria-labelledby="commands-title" id="commands"><h2 id="commands-title">Check it with another program</h2><p>These commands do not use this page. Each of them needs the file and the bundle, which contains the signature. Save the bundle as <code>${saved.bundle}</code> next to the file${
        saved.trustedRoot === undefined ? undefined : html`, and the trusted root as <code>${saved.trustedRoot}</code>`
      }.</p>${
        commands.length === 0
          ? html`<p>There is no command for a signature of this kind.</p>`
          : commands.map(
              ({ tool, lines }) =>
                html`<h3>${tool}</h3><pre tabindex="0"><code>${wholeText(lines.join('\n'))}</code></pre>`,
            )
      }<p class="buttons"><button type="button" class="plain" id="save-bundle" data-name="${wholeText(saved.bundle)}">Save the bundle</button>${
        saved.trustedRoot === undefined
          ? undefined
          : html` <button type="button" class="plain" id="save-root" data-name="${wholeText(saved.trustedRoot)}">Save the trusted root</button>`
      }</p></section>`,
      claims(),
    ],
    texts: receiptTexts(content),
    script,
  });
  if (text.length > maxLength)
    fail('LIMIT_EXCEEDED', `the receipt has ${text.length} characters; the limit is ${maxLength}`, {
      remedy: 'Give the bundle itself to the person: it is too long for a page.',
    });
  return text;
}

/** Returns the verifier without a receipt. @param obtained the day of the trusted root of the public instance: `2026-08-01` */
export function verifierPage(trustedRoot: string, obtained: string, script: string): string {
  return page({
    title: 'Check a signed file',
    brand: 'Countersign verifier',
    heading: 'Check a signed file',
    body: [
      html`<section aria-labelledby="file-title" class="screen"><h2 id="file-title">The file and its bundle</h2><p>The bundle contains the signature. Its name usually ends in <code>.sigstore.json</code>. Files that you drop on this page are recognized by their names. They stay on this computer: nothing is sent anywhere.</p>${fileField('The file')}<div class="drop field"><label for="bundle-file">Its bundle</label><input type="file" id="bundle-file"></div><details class="field"><summary>Use another trusted root</summary><div class="drop"><label for="root-file">Trusted root</label><input type="file" id="root-file"><p class="soft">A trusted root lists the authorities and logs that are believed. <code>countersign trusted-root</code> prints the current one.</p></div></details><p class="soft" id="root-age"></p><form id="expected"><fieldset><legend>Who should have signed it?</legend><div class="choice"><input type="radio" name="signer" id="by-repository" value="repository" checked><label for="by-repository">A workflow of a GitHub repository</label></div><div class="choice"><input type="radio" name="signer" id="by-identity" value="identity"><label for="by-identity">An exact identity, such as an email address</label></div><div class="choice"><input type="radio" name="signer" id="by-anyone" value="anyone"><label for="by-anyone">I do not know. Show me who did</label></div></fieldset><div class="field" id="repository-field"><label for="repository">Repository</label><input type="text" id="repository" autocomplete="off" spellcheck="false" placeholder="owner/name"></div><div id="identity-fields" hidden><div class="field"><label for="identity">Identity</label><input type="text" id="identity" autocomplete="off" spellcheck="false" placeholder="jane@example.com"></div><div class="field"><label for="issuer">Issuer, which confirmed the identity</label><input type="text" id="issuer" autocomplete="off" spellcheck="false" placeholder="https://accounts.google.com"></div></div><p class="buttons"><button type="submit">Check the file</button></p></form>${progress()}</section>`,
      facts(),
      limits(
        html`Use a copy of this page from a source that you trust, or check the file with a <a href="#commands">program that you have installed yourself</a>.`,
      ),
      steps(),
      html`<section aria-labelledby="commands-title" id="commands"><h2 id="commands-title">Check it with another program</h2><p>These commands do not use this page. Replace the words in capital letters.</p>${placeholders.map(
        ([tool, command]) => html`<h3>${tool}</h3><pre tabindex="0"><code>${command}</code></pre>`,
      )}</section>`,
      claims(),
    ],
    texts: verifierTexts(trustedRoot, obtained),
    script,
  });
}

const placeholders = [
  ['Countersign', 'countersign verify FILE --bundle BUNDLE --repo OWNER/REPOSITORY'],
  [
    'cosign',
    'cosign verify-blob FILE --bundle BUNDLE --certificate-identity IDENTITY --certificate-oidc-issuer ISSUER',
  ],
  ['gh', 'gh attestation verify FILE --bundle BUNDLE --repo OWNER/REPOSITORY'],
] as const;

interface PageParts {
  readonly title: string;
  readonly brand: string;
  readonly heading: string;
  readonly body: readonly Html[];
  readonly texts: PageTexts;
  readonly script: string;
}

function page({ title, brand, heading, body, texts, script }: PageParts): string {
  // Inside a script element, these would end it or change how its end is found.
  if (/<!--|<\/?script/i.test(script)) throw new Error('the script cannot be part of a page');
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`;
  const whole = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#result">Skip to the result</a>
<header>
<p class="brand">${brand}</p>
<h1>${heading}</h1>
</header>
<main>
<noscript><div class="verdict bad"><div><p class="headline">Nothing was verified</p><p>This page verifies the signature with JavaScript, which is switched off here. Without it, the page proves nothing. Switch JavaScript on, or use the <a href="#commands">commands below</a>.</p></div></div></noscript>
<div id="result" class="verdict" role="status" aria-live="polite" tabindex="-1" hidden><svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path id="mark" d="M8 12h.01M12 12h.01M16 12h.01"/></svg><div><p class="headline" id="headline"></p><p id="sentence"></p></div></div>
${body}
</main>
<footer><p id="checked"></p><p>This page loads nothing and sends nothing: its content security policy forbids it. The verifier in it is that of the command <code>countersign verify</code>.</p></footer>
${dataElement('data', texts.data)}
${texts.bundle === undefined ? undefined : dataElement('bundle', texts.bundle)}
${texts.trustedRoots.map((text, index) => dataElement(`trusted-root-${index}`, text))}
<script>${new Html(script)}</script>
</body>
</html>
`;
  return whole.text;
}

/** Returns an element with JSON that no browser runs. In JSON, the character `<` is only in strings, where it may be escaped. */
function dataElement(id: string, json: string): Html {
  return new Html(`<script type="application/json" id="${id}">${json.replaceAll('<', '\\u003c')}</script>`);
}

function hashOf(text: string): string {
  return `sha256-${encodeBase64(digest('sha256', utf8(text)).bytes)}`;
}

function fileField(label: string): Html {
  return html`<div class="drop field"><label for="file">${label}</label><input type="file" id="file"><p class="soft">Or drop it on this page.</p></div>`;
}

function progress(): Html {
  return html`<div id="working" hidden><progress id="progress" max="100" aria-labelledby="read"></progress><p class="soft" id="read"></p><p class="buttons"><button type="button" class="plain" id="cancel">Cancel</button></p></div>`;
}

function facts(): Html {
  return html`<section id="facts" aria-labelledby="facts-title" hidden><h2 id="facts-title"></h2><p class="soft" id="facts-note"></p><dl class="facts" id="facts-list"></dl></section>`;
}

function limits(advice: Html): Html {
  return html`<section class="note" aria-labelledby="limits-title"><h2 id="limits-title">A page can claim anything</h2><p>The person who can edit this page can also edit the result that it shows, and a copied page looks like the original. ${advice}</p></section>`;
}

function steps(): Html {
  return html`<section id="how" aria-labelledby="how-title" hidden><h2 id="how-title">What was checked</h2><ul class="steps" id="steps"></ul></section>`;
}

function claims(): Html {
  return html`<section id="all" aria-labelledby="all-title" hidden><h2 id="all-title">All claims</h2><details><summary>Show all claims</summary><div id="claims"></div></details></section>`;
}
