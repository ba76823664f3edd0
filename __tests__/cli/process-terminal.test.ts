import type * as processTerminalModule from "../../src/cli/process-terminal";
import type { Terminal } from "../../src/cli/terminal";

/** The terminal as a process with these streams has it. */
function terminalOf(streams: { readonly out: boolean; readonly err: boolean }, ci = ""): Terminal {
  process.stdout.isTTY = streams.out;
  process.stderr.isTTY = streams.err;
  process.env.CI = ci;
  let terminal: Terminal | undefined;
  jest.isolateModules(() => {
    const { processTerminal } = jest.requireActual<typeof processTerminalModule>(
      "../../src/cli/process-terminal",
    );
    terminal = processTerminal();
  });
  if (terminal === undefined) throw new Error("no terminal");
  return terminal;
}

const { isTTY: outWas } = process.stdout;
const { isTTY: errWas } = process.stderr;
const envWas = { ...process.env };

beforeEach(() => {
  delete process.env.NO_COLOR;
  delete process.env.FORCE_COLOR;
  process.env.TERM = "xterm";
});

afterEach(() => {
  process.stdout.isTTY = outWas;
  process.stderr.isTTY = errWas;
  process.env = { ...envWas };
  jest.restoreAllMocks();
});

const BOTH = { out: true, err: true };

describe("the width of the result", () => {
  test("is the terminal's", () => {
    process.stdout.columns = 80;
    expect(terminalOf(BOTH).columns).toBe(80);
  });

  test.each([
    ["in CI", BOTH, "true"],
    ["where the result goes into a pipe", { out: false, err: true }, ""],
  ])("is no matter %s", (_, streams, ci) => {
    process.stdout.columns = 80;
    expect(terminalOf(streams, ci).columns).toBeUndefined();
  });
});

describe("colours", () => {
  test("are used on a terminal", () => {
    expect(terminalOf(BOTH).colors.red("x")).toBe("\u001b[31mx\u001b[39m");
  });

  test.each([
    ["in CI", BOTH, "true"],
    ["where the result goes into a pipe", { out: false, err: true }, ""],
    ["where the problems go into a file", { out: true, err: false }, ""],
  ])("are not used %s", (_, streams, ci) => {
    expect(terminalOf(streams, ci).colors.red("x")).toBe("x");
  });
});

describe("progress", () => {
  test("is a line that goes away before anything else is written", () => {
    const written: string[] = [];
    jest.spyOn(process.stderr, "write").mockImplementation((text) => written.push(`${text}`) > 0);
    const terminal = terminalOf(BOTH);
    terminal.progress("working");
    terminal.note("done");
    expect(written).toEqual(["working", "\r\u001b[K", "done\n"]);
  });

  test.each([
    ["in CI", BOTH, "1"],
    ["in a pipe", { out: true, err: false }, ""],
  ])("is not shown %s", (_, streams, ci) => {
    const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    terminalOf(streams, ci).progress("working");
    expect(write).not.toHaveBeenCalled();
  });
});
