import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  count,
  shorten,
  shownText
} from "./chunk-RK3LZVZH.mjs";
import {
  plainLines
} from "./chunk-N3LXJ7GI.mjs";
import {
  getInput,
  setFailed
} from "./chunk-E4EIDK6B.mjs";
import {
  CountersignError,
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/report/annotations.ts
var maxAnnotations = 10;
var maxMessageLength = 4096;
var maxTitleLength = 200;
function annotationsFor({ unsigned, warnings, signed }) {
  const total = unsigned.length + signed.length;
  return [
    ...limited(
      unsigned,
      (failure) => annotation("error", failure.code, describe(failure)),
      (more) => annotation(
        "error",
        `${more} more`,
        `${count(more, "more subject")} of ${total} were not signed; the job summary says why.`
      )
    ),
    ...limited(
      warnings,
      (warning) => annotation("warning", "Countersign", warning),
      (more) => annotation("warning", `${more} more`, `${count(more, "more warning")}; the job summary has them.`)
    )
  ];
}
function describe({ name, message, remedy }) {
  const parts = [shownText(name, 500), ": ", shownText(message, 2e3)];
  return [...parts, ...remedy === void 0 ? [] : [". ", shownText(remedy.replaceAll("\n", " "), 1e3)]].join("");
}
function limited(items, one, rest) {
  if (items.length <= maxAnnotations) return items.map(one);
  const shown = items.slice(0, maxAnnotations - 1);
  return [...shown.map(one), rest(items.length - shown.length)];
}
function annotation(level, title, message) {
  return {
    level,
    title: shownText(title, maxTitleLength),
    message: shownText(message, maxMessageLength)
  };
}

// src/action/step.ts
async function runStep(work) {
  const cancellation = new AbortController();
  process.once("SIGINT", () => cancellation.abort());
  process.once("SIGTERM", () => cancellation.abort());
  try {
    await work(cancellation.signal);
  } catch (error) {
    setFailed(plainLines(describe2(error)));
  }
  if (cancellation.signal.aborted) await endNow();
}
async function endNow() {
  const written = (stream) => new Promise((resolve2) => stream.write("", () => resolve2()));
  await Promise.all([process.stdout, process.stderr].map(written));
  return process.exit();
}
function describe2(error) {
  if (!(error instanceof CountersignError))
    return error instanceof Error ? error.stack ?? error.message : String(error);
  return [`${error.code}: ${error.message}`, ...error.remedy === void 0 ? [] : [error.remedy]].join("\n");
}

// src/report/markdown.ts
var maxCodeLength = 160;
var maxProseLength = 1e3;
function code(text, maxLength = maxCodeLength) {
  const shown = shownText(text, maxLength);
  if (shown === "") return "*empty*";
  const fence = "`".repeat(longestRun(shown) + 1);
  return fence.length === 1 && shown === shown.trim() ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}
function cellCode(text, maxLength = maxCodeLength) {
  return code(text, maxLength).replace(/(?<=\\)\|/g, "\\u007c").replaceAll("|", "\\|");
}
function prose(text) {
  return sentence(text, code);
}
function cellProse(text) {
  return shorten(text, maxProseLength).split("\n").map((line) => sentence(line, cellCode)).join("<br>");
}
var linked = /:\/\/|www\.|@/i;
var markup = /[\\`*_[\]<>|~&$!#]/g;
function sentence(text, asCode) {
  const parts = shownText(text, maxProseLength).split(/(?<!`)`([^`]+)`(?!`)/);
  const pieces = parts.flatMap(
    (part, index) => index % 2 === 1 ? [asCode(part, maxProseLength)] : part.split(/(\s+)/).map((word) => linked.test(word) ? asCode(word, maxProseLength) : word.replace(markup, "\\$&"))
  );
  return pieces.reduce(
    (joined, piece) => joined + (joined.endsWith("`") && piece.startsWith("`") ? " " : "") + piece,
    ""
  );
}
function link(label, url) {
  return /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.~/=?&%+-]*)?$/.test(url) ? `[${label}](${url})` : label;
}
function fenced(language, lines) {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}${language}`, ...lines, fence];
}
function longestRun(text) {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

// src/action/input-reader.ts
import { resolve } from "node:path";
var instanceNames = {
  "public-good": "public-good",
  github: "github",
  staging: "staging",
  custom: "custom",
  sandbox: "sandbox"
};
var truths = { true: true, false: false };
var unitMilliseconds = { "": 1e3, s: 1e3, m: 6e4, h: 36e5 };
var InputReader = class {
  #workspace;
  constructor(workspace) {
    this.#workspace = workspace;
  }
  text(name) {
    return getInput(name);
  }
  /** `undefined` if it is not given. */
  optional(name) {
    return this.text(name) || void 0;
  }
  lines(name, separator = /\n/) {
    return this.text(name).split(separator).map((line) => line.trim()).filter((line) => line !== "");
  }
  /** A path, relative to the workspace. */
  path(name) {
    const given = this.optional(name);
    return given === void 0 ? void 0 : resolve(this.#workspace, given);
  }
  choice(name, values) {
    const given = this.text(name);
    if (Object.hasOwn(values, given)) return values[given];
    const allowed = Object.keys(values).filter((value) => value !== "");
    return fail("USAGE", `the input \`${name}\` is ${JSON.stringify(given)}`, {
      remedy: `Set it to ${allowed.join(", or ")}.`
    });
  }
  /** In milliseconds. */
  duration(name) {
    const [, count2, unit = ""] = /^(\d{1,6})\s*([smh]?)$/.exec(this.text(name)) ?? fail("USAGE", `the input \`${name}\` is ${JSON.stringify(this.text(name))}`, {
      remedy: "Write a duration as 90s, 5m or 1h."
    });
    return Number(count2) * unitMilliseconds[unit];
  }
  count(name, max) {
    const given = this.text(name);
    const count2 = /^\d{1,3}$/.test(given) ? Number(given) : 0;
    if (count2 >= 1 && count2 <= max) return count2;
    return fail("USAGE", `the input \`${name}\` is ${JSON.stringify(given)}`, {
      remedy: `Set it to a number from 1 to ${max}.`
    });
  }
  subjects() {
    const attestDigest = this.#attestDigest();
    const attestPaths = this.lines("subject-path", /[\n,]/);
    return {
      files: [...this.lines("files"), ...attestPaths],
      checksums: [...this.lines("checksums"), ...this.lines("subject-checksums")],
      digests: [...this.lines("digests"), ...attestDigest],
      likeAttest: attestPaths.length > 0 || attestDigest.length > 0 || this.text("subject-checksums") !== ""
    };
  }
  /** actions/attest splits what `digests` has in one line into two inputs. */
  #attestDigest() {
    const [name, digest] = [this.text("subject-name"), this.text("subject-digest")];
    if (digest === "" && name !== "")
      fail("USAGE", "the input `subject-name` needs a digest", { remedy: "Set `subject-digest`." });
    if (digest === "") return [];
    if (name === "") fail("USAGE", "the input `subject-digest` needs a name", { remedy: "Set `subject-name`." });
    return [`${name}@${digest}`];
  }
};

export {
  annotationsFor,
  limited,
  annotation,
  code,
  cellCode,
  prose,
  cellProse,
  link,
  fenced,
  instanceNames,
  truths,
  InputReader,
  runStep
};
