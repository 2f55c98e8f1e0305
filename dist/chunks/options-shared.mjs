import { artifactDigest, artifactId, choice, commaList, count, duration, flag, list, path, secret, text } from "./options-row.mjs";
var providerNames = [
  "github",
  "gitlab",
  "buildkite",
  "circleci",
  "google",
  "forgejo",
  "kubernetes",
  "spiffe",
  "login",
  "file",
  "environment"
];
var providers = Object.fromEntries(providerNames.map((name) => [name, name]));
var provider = choice(providers);
var publicLog = choice({ allow: true, refuse: false });
var subjectRows = {
  files: {
    form: list,
    action: {
      sign: "",
      verify: ""
    }
  },
  checksums: {
    form: list,
    action: "",
    flags: "--checksums <path>",
    command: { sign: "Sign the entries of a checksum file (repeatable)." }
  },
  digests: {
    form: list,
    action: "",
    flags: "--digest <name@sha256:\u2026>",
    command: { sign: "Sign a digest (repeatable)." }
  },
  images: {
    form: list,
    action: {
      sign: "",
      verify: ""
    },
    flags: "--image <image>",
    command: { sign: "Sign an image: registry/name@sha256:\u2026, registry/name:tag or ./path (repeatable)." }
  }
};
var registryRows = {
  registryUsername: {
    form: text,
    about: "Registry user name (default: Docker or Podman credentials).",
    flags: "--registry-username <name>",
    once: true
  },
  registryPassword: {
    form: secret,
    action: "",
    flags: "--registry-password-file <path>",
    command: "File that contains the registry password or token.",
    once: true
  },
  registry: {
    form: text,
    about: "Registry host that the user name and password are for. Required if the images are in several registries.",
    flags: "--registry <host>",
    once: true
  }
};
var attestRows = {
  subjectPath: {
    form: commaList,
    action: ""
  },
  subjectChecksums: { form: list, action: "" },
  subjectName: {
    form: text,
    action: ""
  },
  subjectDigest: {
    form: text,
    action: ""
  }
};
var artifactRows = {
  filesArtifact: {
    form: text,
    action: {
      sign: "",
      verify: ""
    }
  },
  filesArtifactId: {
    form: artifactId,
    action: ""
  },
  filesArtifactDigest: {
    form: artifactDigest,
    action: ""
  }
};
var instanceRows = {
  instance: {
    form: choice({
      "public-good": "public-good",
      github: "github",
      staging: "staging",
      custom: "custom",
      sandbox: "sandbox"
    }),
    default: "public-good",
    action: "",
    flags: "--instance <name>",
    command: "Sigstore instance: public-good, github (no public log), staging, custom (needs a trusted root or TUF repository) or sandbox (the local one whose stack.env this shell has read)."
  },
  trustedRoot: {
    form: path,
    about: "Path of a trusted root (JSON) to use instead of the trusted root of the instance. countersign trusted-root prints one.",
    flags: "--trusted-root <path>"
  },
  signingConfig: {
    form: path,
    action: {
      sign: "",
      verify: ""
    },
    flags: "--signing-config <path>",
    command: {
      sign: "Path of a signing config (JSON, version 0.2) to use instead of the signing config of the instance.",
      verify: "Path of a signing config (JSON, version 0.2) to sign the VSA with.",
      reissue: "Path of a signing config (JSON, version 0.2) to use instead of the signing config of the instance."
    }
  },
  tufUrl: { form: text, about: "URL of the TUF repository of a custom instance.", flags: "--tuf-url <url>" },
  tufRoot: {
    form: path,
    about: "Path of the initial root metadata of the TUF repository.",
    flags: "--tuf-root <path>"
  },
  offline: { form: flag, flags: "--offline", command: "Use the cached trusted root without refreshing it." },
  offlineStale: {
    form: flag,
    flags: "--offline-stale",
    command: "Like --offline, but accept a cached trusted root that has expired."
  }
};
var runRows = {
  retryBudget: {
    form: duration,
    default: "5m",
    action: "",
    flags: "--retry-budget <duration>",
    command: {
      sign: "Total time to wait for unavailable services.",
      verify: { text: "Total time to wait for unavailable services.", default: "0s" },
      // People do not wait longer for a silent terminal.
      tree: { text: "Total time to wait for an unavailable registry.", default: "5s" },
      inspect: { text: "Total time to wait for unavailable services.", default: "5s" },
      "trusted-root": { text: "Total time to wait for the TUF repository.", default: "5s" },
      search: { text: "Total time to wait for unavailable services.", default: "30s" },
      complete: { text: "Total time to wait for unavailable services.", default: "30s" },
      upgrade: { text: "Total time to wait for unavailable services.", default: "30s" },
      audit: { text: "Total time to wait for unavailable services.", default: "30s" },
      watch: { text: "Total time to wait for unavailable services.", default: "30s" },
      deliver: "Total time to wait for unavailable services.",
      reissue: "Total time to wait for unavailable services.",
      receipt: { text: "Total time to wait for unavailable services.", default: "5s" }
    }
  },
  concurrency: {
    form: count(256),
    default: "100",
    action: {
      sign: ""
    },
    flags: "--concurrency <count>",
    command: {
      sign: "Maximum number of subjects to sign at the same time.",
      verify: { text: "Number of artifacts to verify at the same time.", default: "4" },
      complete: { text: "Number of files and images to complete at the same time.", default: "16" },
      reissue: "Maximum number of signatures to issue at the same time."
    }
  },
  json: { form: flag, flags: "--json", command: "Print the result as JSON." }
};

function failureJson({ code, kind, message, remedy }) {
  return { code, kind, message, remedy: remedy ?? null };
}
export {
  artifactRows,
  attestRows,
  failureJson,
  instanceRows,
  provider,
  publicLog,
  registryRows,
  runRows,
  subjectRows
};
