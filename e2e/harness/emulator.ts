import { spawn } from "node:child_process";
import { mkdirSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CHECKOUT, EMULATOR_VENV, inheritedEnvironment } from "./stand-in";

/** An AWS emulator on this machine. */
export interface Emulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Runs a program in place of the shell, and ends its process group when standard input closes: so
 * nothing outlives the tests, even when they are killed.
 */
const UNTIL_INPUT_CLOSES =
  'exec 3<&0; (read -r _ <&3; kill -TERM -- -$$) & exec "$@" </dev/null 3<&-';

/** What Lambda's Node.js runtimes bring along, for the functions that the emulator runs. */
const LAMBDA_MODULES = resolve(__dirname, "lambda-modules");

/** Seconds that a first start may take: it installs the emulator's Python packages. */
const START_TIMEOUT = 180;

/** How an emulator is started. */
export interface EmulatorOptions {
  /** The folder of the stand-in. */
  readonly standIn: string;
  /** Environment variables of the emulator. */
  readonly settings: Readonly<Record<string, string>>;
  /** Name of its log in `.e2e/logs`. */
  readonly log: string;
}

/** Starts the strict emulator of a stand-in on a free port of this machine; its state is in memory. */
export async function startEmulator({
  standIn,
  settings,
  log: logName,
}: EmulatorOptions): Promise<Emulator> {
  const port = await freePort();
  const logs = resolve(CHECKOUT, ".e2e/logs");
  mkdirSync(logs, { recursive: true });
  const logFile = resolve(logs, `${logName}.log`);
  const log = openSync(logFile, "w");
  const start = resolve(standIn, "emulator/start.sh");
  const child = spawn(
    "bash",
    ["-c", UNTIL_INPUT_CLOSES, "bash", start, String(port), EMULATOR_VENV],
    {
      cwd: CHECKOUT,
      env: { ...inheritedEnvironment(), NODE_PATH: LAMBDA_MODULES, ...settings },
      detached: true,
      stdio: ["pipe", log, log],
    },
  );
  let ended = false;
  const end = new Promise<void>((done) =>
    child.once("close", () => {
      ended = true;
      done();
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  const emulator: Emulator = {
    url,
    stop: async () => {
      if (ended || child.pid === undefined) return;
      process.kill(-child.pid, "SIGKILL");
      await end;
    },
  };
  const deadline = Date.now() + START_TIMEOUT * 1000;
  while (!(await answers(url))) {
    if (ended || Date.now() > deadline) {
      await emulator.stop();
      throw new Error(`the emulator did not start; see ${logFile}`);
    }
    await sleep(100);
  }
  return emulator;
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") fail(new Error("no free port"));
        else done(address.port);
      });
    });
  });
}
