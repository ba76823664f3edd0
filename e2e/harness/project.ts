import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Clone } from "./clone";
import { parsePlan, type Plan } from "./plan";
import { credentialVariables } from "./profiles";
import { mustRun, runProcess, type ProcessResult } from "./run-process";
import type { Credentials } from "./sigv4";

/** Where a CDKTF program stands, and what its commands find in their environment. */
export interface ProjectProps {
  readonly clone: Clone;
  /** The folder of its `cdktf.json`, in the clone. @default - the clone itself */
  readonly folder?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Whose credentials the environment holds. @default - nobody's */
  readonly credentials?: Credentials;
}

/** A CDKTF program in a clone, and what people do with it: real cdktf, real Terraform. */
export class Project {
  readonly folder: string;
  private readonly env: Readonly<Record<string, string>>;

  constructor(private readonly props: ProjectProps) {
    this.folder = props.clone.path(props.folder ?? ".");
    this.env = {
      PATH: `${props.clone.path("node_modules/.bin")}:${dirname(process.execPath)}:${process.env.PATH ?? ""}`,
      HOME: props.clone.home,
      AWS_CONFIG_FILE: join(props.clone.home, "config"),
      AWS_SHARED_CREDENTIALS_FILE: join(props.clone.home, "credentials"),
      AWS_EC2_METADATA_DISABLED: "true",
      CHECKPOINT_DISABLE: "1",
      CI: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      TF_CLI_ARGS: "-no-color",
      ...props.env,
      ...(props.credentials !== undefined && credentialVariables(props.credentials)),
    };
  }

  /** The same program, run with somebody else's credentials in the environment. */
  as(credentials: Credentials): Project {
    return new Project({ ...this.props, credentials });
  }

  /** Runs cdktf, whatever comes of it. */
  tryCdktf(...args: readonly string[]): Promise<ProcessResult> {
    return runProcess("cdktf", args, { cwd: this.folder, env: this.env });
  }

  /** Runs cdktf; throws when it fails. */
  async cdktf(...args: readonly string[]): Promise<string> {
    return (await mustRun("cdktf", args, { cwd: this.folder, env: this.env })).stdout;
  }

  /** `cdktf deploy` without a question, and without more Terraforms at once than a laptop bears. */
  deploy(stacks: readonly string[], ...options: readonly string[]): Promise<string> {
    return this.cdktf("deploy", ...stacks, ...DEPLOY_OPTIONS, ...options);
  }

  /** The same, where it may fail. */
  tryDeploy(stacks: readonly string[], ...options: readonly string[]): Promise<ProcessResult> {
    return this.tryCdktf("deploy", ...stacks, ...DEPLOY_OPTIONS, ...options);
  }

  /** `cdktf destroy` without a question, one stack after the other. */
  destroy(stacks: readonly string[]): Promise<string> {
    return this.cdktf("destroy", ...stacks, ...DESTROY_OPTIONS);
  }

  /** The same, where it may fail. */
  tryDestroy(stacks: readonly string[]): Promise<ProcessResult> {
    return this.tryCdktf("destroy", ...stacks, ...DESTROY_OPTIONS);
  }

  /** Runs `crosstrust`; throws unless it ends with the exit code that is expected. */
  crosstrust(exitCode: number, ...args: readonly string[]): Promise<ProcessResult> {
    const bin = this.props.clone.path("bin/crosstrust.mjs");
    return mustRun(process.execPath, [bin, ...args], {
      cwd: this.folder,
      env: this.env,
      exitCode,
    });
  }

  /** The plan of a stack as it is synthesized now; the stack was deployed before. */
  async plan(stack: string): Promise<Plan> {
    const cwd = join(this.folder, "cdktf.out/stacks", stack);
    const options = { cwd, env: this.env };
    await mustRun("terraform", ["plan", "-out=plan"], options);
    const { stdout } = await mustRun("terraform", ["show", "-json", "plan"], options);
    return parsePlan(stdout);
  }

  /** The plan of a stack as Terraform shows it to people. */
  async planText(stack: string): Promise<string> {
    const cwd = join(this.folder, "cdktf.out/stacks", stack);
    return (await mustRun("terraform", ["plan"], { cwd, env: this.env })).stdout;
  }

  /** A JSON file in the program's folder; undefined when there is none. */
  readJson(name: string): unknown {
    const file = join(this.folder, name);
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  }
}

const DEPLOY_OPTIONS = ["--auto-approve", "--parallelism", "2", "--skip-provider-lock"] as const;
const DESTROY_OPTIONS = ["--auto-approve", "--parallelism", "1", "--skip-provider-lock"] as const;
