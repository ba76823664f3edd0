import { Clone } from "./clone";
import { Cloud } from "./cloud";
import { startEmulator, type Emulator } from "./emulator";
import { sayWhatIsSkipped } from "./say-what-is-skipped";
import { readSetting } from "./setting";
import { installStandIn } from "./stand-in";

/** What a file of end-to-end tests works with; made before its first test. */
export interface EndToEnd {
  readonly cloud: Cloud;
  readonly clone: Clone;
  /** What points Terraform and cdktf at the emulator. */
  readonly env: Readonly<Record<string, string>>;
}

/** How a file of end-to-end tests wants its emulator. */
export interface EndToEndOptions {
  /** Environment variables of the emulator. @default - none */
  readonly emulator?: Readonly<Record<string, string>>;
}

/** Seconds for building the stand-in, on the first run on a machine. */
const FIRST_RUN_TIMEOUT = 900;

/**
 * A group of end-to-end tests that share an emulator and a clone, in their order: each starts where
 * the one before ended. Where the machine cannot run them, says so loudly and skips them; with
 * `E2E_REQUIRED=1` that is a failure.
 */
export function describeEndToEnd(
  name: string,
  define: (get: () => EndToEnd) => void,
  options: EndToEndOptions = {},
): void {
  const setting = readSetting();
  if (setting.kind === "missing") {
    const tests = "These tests run real Terraform against a local AWS emulator.";
    sayWhatIsSkipped(name, { tests, reasons: setting.reasons });
    if (process.env.E2E_REQUIRED === "1") {
      test(`${name}: this machine can run it (E2E_REQUIRED=1)`, () => {
        throw new Error(setting.reasons.join("; "));
      });
      return;
    }
    describe.skip(name, () => define(notStarted));
    return;
  }
  describe(name, () => {
    let endToEnd: EndToEnd | undefined;
    let emulator: Emulator | undefined;

    beforeAll(async () => {
      const env =
        setting.kind === "stand-in" ? await installStandIn(setting.folder) : registryEnvironment();
      emulator =
        setting.kind === "stand-in"
          ? await startEmulator({
              standIn: setting.folder,
              settings: options.emulator ?? {},
              log: name.replace(/[^a-z0-9]+/gi, "-"),
            })
          : { url: setting.url, stop: async () => undefined };
      const cloud = new Cloud(emulator.url);
      if (!(await cloud.judgesTrust())) {
        throw new Error(
          `the emulator at ${emulator.url} accepts a trust policy that names a role that does not exist; ` +
            "AWS does not, and nothing can be shown with it",
        );
      }
      endToEnd = {
        cloud,
        clone: new Clone(),
        env: { ...env, AWS_ENDPOINT_URL: emulator.url, AWS_REGION: "us-east-1" },
      };
    }, FIRST_RUN_TIMEOUT * 1000);

    afterAll(async () => {
      await emulator?.stop();
      endToEnd?.clone.remove();
    });

    define(() => endToEnd ?? notStarted());
  });
}

function notStarted(): never {
  throw new Error("the emulator was not started");
}

/** What Terraform needs of the user's own settings to install the provider from the registry. */
function registryEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ["TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR", "HTTPS_PROXY", "NO_PROXY"].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
