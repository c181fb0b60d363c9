// Starts Hostledger in memory, for tests. The program `hostledger` has to be on
// the PATH.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const login = "admin";
export const password = "setup-Pa55word";

const fixture = fileURLToPath(new URL("fixture.xml", import.meta.url));

/** A server with the subscriptions of fixture.xml, that fails as faults say: the content of a file for --faults. */
export class Hostledger {
  static async start(faults = "") {
    const server = new Hostledger();
    server.folder = mkdtempSync(join(tmpdir(), "hostledger-"));
    writeFileSync(join(server.folder, "faults.toml"), faults);
    server.#run();
    await server.#listening();
    return server;
  }

  #run() {
    const log = openSync(join(this.folder, "log"), "w");
    const where = ["--listen", "", "--http", "127.0.0.1:0", "--url-file", join(this.folder, "url")];
    const what = ["--fixture", fixture, "--faults", join(this.folder, "faults.toml")];
    this.process = spawn("hostledger", ["serve", "--ephemeral", ...where, ...what], {
      env: { ...process.env, HOSTLEDGER_ADMIN_PASSWORD: password },
      stdio: ["ignore", "ignore", log],
    });
    closeSync(log);
    this.ended = new Promise((resolve, reject) => this.process.on("exit", resolve).on("error", reject));
  }

  async #listening() {
    const file = join(this.folder, "url");
    while (!existsSync(file)) {
      await Promise.race([sleep(5), this.ended]);
      if (this.process.exitCode !== null) throw new Error(this.log());
    }
    this.url = readFileSync(file, "utf8").trim();
  }

  /** Returns what the server has logged, with every fault that happened. */
  log() {
    return readFileSync(join(this.folder, "log"), "utf8");
  }

  /** Returns how many faults have happened. */
  faults() {
    return this.log().split("msg=fault ").length - 1;
  }

  async stop() {
    this.process.kill("SIGKILL"); // it has nothing to keep
    await this.ended;
    rmSync(this.folder, { recursive: true });
  }
}
