import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";
import { zipSync } from "fflate";

/**
 * The code of a function as an archive beside the stack's JSON. The same files make the same bytes, on every
 * machine and at every time: cdktf's own archives differ with each synth, and so would each plan.
 */
export class FunctionArchive extends Construct {
  /** Relative to the folder in which Terraform runs; another one for other code. */
  readonly path: string;
  /** As Lambda tells it: SHA-256, base64. */
  readonly sourceCodeHash: string;

  /** `folder`: files without folders between them, packaged as they stand. */
  constructor(scope: Construct, id: string, folder: string) {
    super(scope, id);
    const archive = archiveOf(folder);
    const digest = createHash("sha256").update(archive).digest();
    this.sourceCodeHash = digest.toString("base64");
    this.path = `assets/${id}/${digest.toString("hex").slice(0, 16)}.zip`;
    addCustomSynthesis(this, {
      onSynthesize: ({ manifest }) => {
        const { synthesizedStackPath } = manifest.forStack(TerraformStack.of(this));
        const file = join(manifest.outdir, dirname(synthesizedStackPath), this.path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, archive);
      },
    });
  }
}

/** The earliest time that an archive can tell, in the machine's own zone: so archives are alike everywhere. */
const LONG_AGO = new Date(1980, 0, 1);

/** The files of a folder, sorted and uncompressed: no version of a compressor bears on the bytes. */
export function archiveOf(folder: string): Uint8Array {
  const files = readdirSync(folder).sort();
  return zipSync(
    Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name))])),
    {
      level: 0,
      mtime: LONG_AGO,
      os: 3,
      attrs: 0o100644 << 16,
    },
  );
}
