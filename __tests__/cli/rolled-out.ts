import type { Checkout } from "./checkout";
import { FakeTerraform } from "./fake-terraform";
import { nextOf, SimulatedCdktf } from "./simulated-cdktf";

/** A checkout in simulated accounts: deployed to its end by what status says, from an empty lock. */
export async function rolledOut(checkout: Checkout): Promise<SimulatedCdktf> {
  new FakeTerraform(checkout.folder);
  const cdktf = new SimulatedCdktf(checkout);
  for (;;) {
    const { out } = await checkout.run("status");
    if (nextOf(out).length === 0) return cdktf;
    await follow(checkout, cdktf, out);
  }
}

/** Types what a command says comes next, the confirmation included; tells what was typed. */
export async function follow(
  checkout: Checkout,
  cdktf: SimulatedCdktf,
  out: string,
): Promise<readonly string[]> {
  const next = nextOf(out);
  for (const each of next) {
    if (each.command.startsWith("npx cdktf")) await cdktf.deploy(each);
    else {
      const { code, err } = await checkout.run(...each.command.split(" ").slice(2));
      if (code !== 0) throw new Error(`${each.command}: ${err}`);
    }
  }
  return next.map(({ command }) => command);
}
