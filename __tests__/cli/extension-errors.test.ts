import { Checkout } from "./checkout";

/* What becomes of errors in the user's own extensions.ts. */

let checkout: Checkout;
let err: string;

beforeEach(() => {
  checkout = new Checkout();
  err = "";
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.resetModules();
  checkout.remove();
  process.exitCode = undefined;
});

/** The exit code of `check`, which is never that of a finding here. */
async function checked(extensions: object): Promise<unknown> {
  jest.doMock("../../extensions", () => extensions);
  // With the modules that the command will load: those of the test before are forgotten.
  const { main } = await import("../../src/cli/main");
  await checkout.inside(() => main(["check"]));
  return process.exitCode;
}

test("an error that it throws is shown with its place, and is no finding", async () => {
  const extend = (): never => {
    throw new Error("no such team");
  };
  expect(await checked({ extend })).toBe(3);
  expect(err).toMatch(/Error: no such team\n +at extend \(.*extension-errors\.test\.ts:/);
});

test.each([
  ["none", {}],
  ["object", { extend: {} }],
])("one without a function extend (%s) is bad input", async (found, extensions) => {
  expect(await checked(extensions)).toBe(2);
  expect(err).toContain(
    `error: expected extensions.ts to export a function extend, found ${found};`,
  );
});
