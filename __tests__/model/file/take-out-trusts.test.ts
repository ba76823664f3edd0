import fc from "fast-check";
import { parse } from "yaml";
import { takeOutTrusts } from "../../../src/model/file/take-out-trusts";

const PATH = ["roles", "a", "trusts"];

const JSON_TEXT = `{
  "roles": { "a": { "accounts": ["x"], "trusts": [
      { "account": "b", "role": "c" },
      {"account":"d"}
  ], "notes": "n" } }
}
`;

const YAML_TEXT = `roles:
  # people
  a:
    accounts: [x]
    trusts:
      - account: b   # the builder
        role: c
      # the vendor
      - { account: d }
      - account: e
    notes: n
`;

describe("taking trusts out", () => {
  test("of JSON leaves every other character", () => {
    expect(takeOutTrusts("a.json", JSON_TEXT, PATH, [0])).toBe(
      JSON_TEXT.replace('{ "account": "b", "role": "c" },\n      ', ""),
    );
    expect(takeOutTrusts("a.json", JSON_TEXT, PATH, [0, 1])).toContain('"trusts": [], "notes"');
  });

  test("of YAML leaves every other line, comments too", () => {
    expect(takeOutTrusts("a.yaml", YAML_TEXT, PATH, [0])).toBe(
      YAML_TEXT.replace("      - account: b   # the builder\n        role: c\n", ""),
    );
    expect(takeOutTrusts("a.yaml", YAML_TEXT, PATH, [2])).toBe(
      YAML_TEXT.replace("      - account: e\n", ""),
    );
    expect(takeOutTrusts("a.yml", YAML_TEXT, PATH, [0, 1, 2])).toBe(
      "roles:\n  # people\n  a:\n    accounts: [x]\n    trusts: []\n    notes: n\n",
    );
    const flow = "roles: { a: { trusts: [{ account: b }, { account: c }] } }\n";
    expect(takeOutTrusts("a.yaml", flow, PATH, [0])).toBe(
      "roles: { a: { trusts: [{ account: c }] } }\n",
    );
  });

  test.each([
    [
      "lines of its own",
      "roles: { a: { trusts: [\n  { account: b }, # the builder\n  { account: c }, # the client\n] } }\n",
      "roles: { a: { trusts: [\n  { account: b }, # the client\n] } }\n",
    ],
    [
      "lines of Windows",
      "roles:\r\n  a:\r\n    trusts:\r\n      - account: b\r\n      - account: c\r\n    notes: n\r\n",
      "roles:\r\n  a:\r\n    trusts:\r\n      - account: b\r\n    notes: n\r\n",
    ],
    [
      "a byte order mark",
      "\uFEFFroles:\n  a:\n    trusts: [{ account: b }, { account: c }]\n",
      "\uFEFFroles:\n  a:\n    trusts: [{ account: b }]\n",
    ],
  ])("of YAML with %s leaves the rest", (_, text, expected) => {
    expect(takeOutTrusts("a.yaml", text, PATH, [1])).toBe(expected);
  });

  test("of JSON with a byte order mark and lines of Windows leaves them", () => {
    const text = `\uFEFF${JSON_TEXT.replaceAll("\n", "\r\n")}`;
    expect(takeOutTrusts("a.json", text, PATH, [1])).toBe(
      text.replace(',\r\n      {"account":"d"}', ""),
    );
  });

  test("leaves exactly the others, of any list in either language", () => {
    const trust = fc.record({
      account: fc.constantFrom("b", "c"),
      role: fc.constantFrom("x", "y"),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(trust, fc.boolean()), { minLength: 1, maxLength: 6 }),
        fc.nat({ max: 4 }),
        (drawn, indent) => {
          const trusts = drawn.map(([each]) => each);
          const positions = drawn.flatMap(([, isOut], index) => (isOut ? [index] : []));
          const kept = drawn.filter(([, isOut]) => !isOut).map(([each]) => each);
          const file = { roles: { a: { trusts, notes: "n" }, b: { trusts: [] } } };
          const json = JSON.stringify(file, undefined, indent);
          const yaml = `roles:\n  a:\n    trusts:\n${trusts
            .map(({ account, role }) => `      - account: ${account}\n        role: ${role}\n`)
            .join("")}    notes: n\n  b:\n    trusts: []\n`;
          const expected = { roles: { a: { trusts: kept, notes: "n" }, b: { trusts: [] } } };
          expect(JSON.parse(takeOutTrusts("a.json", json, PATH, positions))).toEqual(expected);
          if (positions.length === 0) return;
          expect(parse(takeOutTrusts("a.yaml", yaml, PATH, positions))).toEqual(expected);
        },
      ),
    );
  });
});
