import { spawn } from "node:child_process";
import { dirname } from "node:path";
function programsOf(environment, cancellation) {
  return (request) => new Promise((resolve) => {
    const child = spawn(request.program, request.arguments, {
      env: { ...environment },
      // Windows looks into this folder before PATH: a program of that name in a workspace may be anybody's.
      cwd: dirname(process.execPath),
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true
    });
    const chunks = [];
    let length = 0;
    const cancel = () => stop("was cancelled");
    const stop = (problem) => {
      clearTimeout(deadline);
      cancellation?.removeEventListener("abort", cancel);
      child.kill("SIGKILL");
      child.stdout.destroy();
      resolve({ kind: "failed", problem });
    };
    const deadline = setTimeout(
      () => stop(`did not finish within ${request.timeoutMilliseconds / 1e3} s`),
      request.timeoutMilliseconds
    );
    child.stdout.on("data", (chunk) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > request.maxOutputLength) stop(`printed more than ${request.maxOutputLength} bytes`);
    });
    child.on("error", (error) => stop(`cannot be started (${error.code ?? "unknown"})`));
    child.on("close", (code, signal) => {
      if (code === null) return stop(`was terminated by ${signal ?? "a signal"}`);
      clearTimeout(deadline);
      cancellation?.removeEventListener("abort", cancel);
      resolve({ kind: "ended", exitCode: code, output: new Uint8Array(Buffer.concat(chunks)) });
    });
    cancellation?.addEventListener("abort", cancel, { once: true });
    if (cancellation?.aborted) cancel();
    child.stdin.on("error", () => void 0);
    child.stdin.end(request.input);
  });
}
export {
  programsOf
};
