import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** What the end-to-end tests run against. */
export type Setting =
  | {
      /** A stand-in for the AWS provider, and a strict emulator, started for each file of tests. */
      readonly kind: "stand-in";
      /** The folder with `install.sh` and `emulator/start.sh`. */
      readonly folder: string;
    }
  | {
      /** An emulator that runs already, and the provider that Terraform finds by itself. */
      readonly kind: "endpoint";
      readonly url: string;
    }
  | {
      /** This machine cannot run them. */
      readonly kind: "missing";
      readonly reasons: readonly string[];
    };

/**
 * Reads the setting from the environment: `E2E_AWS_STAND_IN`, else `AWS_ENDPOINT_URL` where it is an
 * address of this machine. No other address is ever used: the tests make and destroy IAM roles.
 */
export function readSetting(env: NodeJS.ProcessEnv = process.env): Setting {
  const { E2E_AWS_STAND_IN: standIn, AWS_ENDPOINT_URL: endpoint } = env;
  if (isSet(standIn)) {
    const folder = resolve(standIn);
    const reasons = [
      ...missingTools(["terraform", "go", "python3", "bash"], env),
      ...["install.sh", "emulator/start.sh"]
        .filter((file) => !existsSync(join(folder, file)))
        .map((file) => `${file} is not in ${folder} (E2E_AWS_STAND_IN)`),
    ];
    return reasons.length > 0 ? { kind: "missing", reasons } : { kind: "stand-in", folder };
  }
  if (isSet(endpoint) && isLoopback(endpoint)) {
    const reasons = missingTools(["terraform"], env);
    return reasons.length > 0 ? { kind: "missing", reasons } : { kind: "endpoint", url: endpoint };
  }
  return {
    kind: "missing",
    reasons: [
      isSet(endpoint)
        ? `AWS_ENDPOINT_URL is ${endpoint}, which is not an address of this machine`
        : "there is no AWS emulator: neither E2E_AWS_STAND_IN nor AWS_ENDPOINT_URL is set",
      ...missingTools(["terraform"], env),
    ],
  };
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

/** Whether an address cannot leave this machine. */
function isLoopback(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed !== undefined && /^(127(\.\d+){3}|localhost|\[::1\])$/.test(parsed.hostname);
}

function missingTools(tools: readonly string[], env: NodeJS.ProcessEnv): readonly string[] {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return tools
    .filter((tool) => !folders.some((folder) => isExecutable(join(folder, tool))))
    .map((tool) => `${tool} is not on the PATH`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
