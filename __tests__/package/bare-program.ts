import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

export const CHECKOUT = resolve(__dirname, "../..");
export const EXAMPLES = join(CHECKOUT, "examples/constructs");

const PACKED = z.array(
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }),
);
const DEPENDENCIES = z.object({
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

/** What a process left behind. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A CDKTF program in a folder of its own, with the packed package in its `node_modules` and nothing
 * else that the package does not declare. What it declares is linked from the checkout: no network.
 */
export class BareProgram {
  private readonly base = mkdtempSync(join(tmpdir(), "crosstrust-package-"));
  readonly folder = join(this.base, "program");
  /** The files of the package, sorted. */
  packedFiles: readonly string[] = [];

  /** Packs the package as it would be published, and installs it. */
  async install(): Promise<void> {
    const source = this.copyOfSources();
    const npm = await this.run("npm", ["pack", "--json", "--loglevel=error"], source);
    if (npm.code !== 0) throw new Error(npm.stdout + npm.stderr);
    // What the prepack script says comes first.
    const [packed] = PACKED.parse(JSON.parse(npm.stdout.slice(npm.stdout.indexOf("[\n"))));
    this.packedFiles = packed.files.map(({ path }) => path).sort();

    const installed = join(this.folder, "node_modules/crosstrust");
    mkdirSync(installed, { recursive: true });
    await this.run(
      "tar",
      ["-xzf", join(source, packed.filename), "--strip-components=1"],
      installed,
    );
    const manifest: unknown = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    const { dependencies, peerDependencies } = DEPENDENCIES.parse(manifest);
    for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), "@types/node"]) {
      const link = join(this.folder, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(CHECKOUT, "node_modules", name), link);
    }
    this.write("package.json", JSON.stringify({ name: "program", private: true }));
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  delete(name: string): void {
    rmSync(join(this.folder, name));
  }

  /** Puts the examples of the constructs into the program. */
  copyExamples(): readonly string[] {
    const programs = readdirSync(EXAMPLES).filter((name) => name.endsWith(".ts"));
    for (const name of programs) cpSync(join(EXAMPLES, name), join(this.folder, name));
    return programs;
  }

  /** Checks types as another project would, without any option of ours, and compiles. */
  async compile(module: "CommonJS" | "Node16"): Promise<string> {
    const options = {
      target: "ES2022",
      module,
      moduleResolution: module === "CommonJS" ? "Node" : "Node16",
      strict: true,
      types: ["node"],
    };
    this.write("tsconfig.json", JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
    const tsc = join(CHECKOUT, "node_modules/typescript/bin/tsc");
    return (await this.run(process.execPath, [tsc, "--skipLibCheck"])).stdout;
  }

  /** Runs the compiled program of the folder; its stacks lie in `outdir`. */
  async node(args: readonly string[], outdir = "cdktf.out"): Promise<Ran> {
    mkdirSync(join(this.folder, outdir), { recursive: true });
    return this.run(process.execPath, args, this.folder, { CDKTF_OUTDIR: outdir });
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true });
  }

  /** The checkout's own `dist` stays as it is: the package is built in a copy. */
  private copyOfSources(): string {
    const copy = join(this.base, "checkout");
    mkdirSync(copy);
    symlinkSync(join(CHECKOUT, "node_modules"), join(copy, "node_modules"));
    for (const name of readdirSync(CHECKOUT)) {
      if (["node_modules", "cdktf.out", "dist", "state", ".git", ".e2e"].includes(name)) continue;
      cpSync(join(CHECKOUT, name), join(copy, name), { recursive: true });
    }
    return copy;
  }

  private async run(
    command: string,
    args: readonly string[],
    cwd = this.folder,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Ran> {
    try {
      const { stdout, stderr } = await promisify(execFile)(command, [...args], {
        cwd,
        env: { ...process.env, ...env },
        maxBuffer: 32 * 1024 * 1024,
      });
      return { code: 0, stdout, stderr };
    } catch (error) {
      return FAILED.parse(error);
    }
  }
}

const FAILED = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });
