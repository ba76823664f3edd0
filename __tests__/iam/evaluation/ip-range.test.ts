import fc from "fast-check";
import { isInRange, parseIpRange } from "../../../src/iam/evaluation/ip-range";

function isIn(range: string, address: string): boolean | undefined {
  const parsed = parseIpRange(range);
  return parsed && isInRange(parsed, address);
}

describe("parseIpRange and isInRange", () => {
  it.each([
    ["203.0.113.0/24", "203.0.113.255", true],
    ["203.0.113.0/24", "203.0.114.0", false],
    ["203.0.113.99/24", "203.0.113.1", true],
    ["203.0.113.7", "203.0.113.7", true],
    ["203.0.113.7", "203.0.113.8", false],
    ["0.0.0.0/0", "255.255.255.255", true],
    ["128.0.0.0/1", "127.255.255.255", false],
    ["2001:db8::/32", "2001:db8:ffff::1", true],
    ["2001:db8::/32", "2001:db9::", false],
    ["::1", "0:0:0:0:0:0:0:1", true],
    ["::ffff:0:0/96", "::ffff:192.0.2.1", true],
    ["::/0", "192.0.2.1", false],
    ["0.0.0.0/0", "::1", false],
    ["203.0.113.0/33", "203.0.113.0", undefined],
    ["203.0.113.0/", "203.0.113.0", undefined],
    ["203.0.113.0/-1", "203.0.113.0", undefined],
    ["203.0.113", "203.0.113.0", undefined],
    ["2001:db8::/129", "2001:db8::", undefined],
    ["fe80::1%eth0", "fe80::1", undefined],
    ["203.0.113.0/24", "somewhere", undefined],
  ])("%s and %s: %s", (range, address, expected) => {
    expect(isIn(range, address)).toBe(expected);
  });

  it("an address is in every range that it is the base of", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(32), (address, length) => {
        expect(isIn(`${address}/${length}`, address)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), fc.nat(128), (address, length) => {
        expect(isIn(`${address}/${length}`, address)).toBe(true);
      }),
    );
  });
});
