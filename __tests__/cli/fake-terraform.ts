import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How the fake behaves. */
export type FakeTerraformMode = "works" | "init fails" | "unreachable" | "output fails";

/** What answers `terraform output` and `terraform state pull` from a file at the local backend's path. */
const SCRIPT = `#!/bin/sh
path=$(sed -n 's/.*"path":"\\([^"]*\\)".*/\\1/p' backend.tf.json)
echo "$1 $path" >> "$FAKE_TERRAFORM_LOG"
if [ "$FAKE_TERRAFORM_MODE" = unreachable ]; then echo "Error: Failed to get existing workspaces" >&2; exit 1; fi
case "$1" in
  init)
    folder=$(echo "$@" | sed -n 's/.*-plugin-dir=\\([^ ]*\\).*/\\1/p')
    if [ ! -d "$folder" ] || [ -n "$(ls -A "$folder")" ]; then echo "downloads providers" >> "$FAKE_TERRAFORM_LOG"; fi
    case "$FAKE_TERRAFORM_MODE" in *fails) echo "Error: no provider in $folder" >&2; exit 1 ;; esac ;;
  output)
    if [ -n "$TF_CLI_ARGS$TF_CLI_ARGS_output$TF_DATA_DIR" ]; then echo "Error: not these" >&2; exit 1; fi
    if [ "$FAKE_TERRAFORM_MODE" = "output fails" ]; then echo "Error: no access to the state" >&2; exit 1; fi
    if [ -f "$path" ]; then cat "$path"; else echo "{}"; fi ;;
  state) if [ -f "$path" ]; then cat "$path"; fi ;;
esac
`;

/** A small script in Terraform's place, named by TERRAFORM_BINARY_NAME. */
export class FakeTerraform {
  private readonly log: string;

  constructor(folder: string) {
    const binary = join(folder, "fake-terraform");
    writeFileSync(binary, SCRIPT);
    chmodSync(binary, 0o755);
    this.log = join(folder, "fake-terraform.log");
    writeFileSync(this.log, "");
    process.env.TERRAFORM_BINARY_NAME = binary;
    process.env.FAKE_TERRAFORM_LOG = this.log;
    this.mode = "works";
  }

  set mode(mode: FakeTerraformMode) {
    process.env.FAKE_TERRAFORM_MODE = mode;
  }

  /** State files whose outputs were asked for since the last call. */
  asked(): readonly string[] {
    const lines = readFileSync(this.log, "utf8").split("\n");
    writeFileSync(this.log, "");
    if (lines.includes("downloads providers")) throw new Error("init would download providers");
    return lines.filter((line) => line.startsWith("output ")).map((line) => line.slice(7));
  }

  /** Takes it away again. */
  static remove(): void {
    for (const name of ["TERRAFORM_BINARY_NAME", "FAKE_TERRAFORM_LOG", "FAKE_TERRAFORM_MODE"]) {
      delete process.env[name];
    }
  }
}
