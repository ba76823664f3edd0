import fc from "fast-check";

import type { Item } from "../../src/iam/stable-buckets";
import { distribute } from "../../src/iam/stable-buckets";

const CAPACITY = 600;

const items = fc.uniqueArray(
  fc.record({
    key: fc.string({ minLength: 1, maxLength: 20 }),
    size: fc.integer({ min: 40, max: 60 }),
  }),
  { selector: (item) => item.key, maxLength: 60, size: "max" },
);
const item = fc.record({
  key: fc.string({ minLength: 1 }).map((key) => `new ${key}`),
  size: fc.integer({ min: 40, max: 60 }),
});
const count = fc.integer({ min: 0, max: 6 });

/** Key to bucket; left-over items have none. */
function places(given: readonly Item[], buckets: number): ReadonlyMap<string, number> {
  return new Map(
    distribute(given, buckets, CAPACITY).buckets.flatMap((keys, index) =>
      keys.map((key): [string, number] => [key, index]),
    ),
  );
}

describe("items in stable buckets", () => {
  test("go into one bucket each, or are left over when none has room", () => {
    fc.assert(
      fc.property(items, count, (given, buckets) => {
        const { buckets: filled, free, leftOver } = distribute(given, buckets, CAPACITY);
        const sizes = new Map(given.map(({ key, size }) => [key, size]));

        expect([...filled.flat(), ...leftOver].sort()).toEqual(given.map(({ key }) => key).sort());
        filled.forEach((keys, index) => {
          const used = keys.reduce((sum, key) => sum + (sizes.get(key) ?? 0), 0);
          expect(free[index]).toBe(CAPACITY - used);
          expect(free[index]).toBeGreaterThanOrEqual(0);
        });
        const smallest = Math.min(...leftOver.map((key) => sizes.get(key) ?? 0));
        expect(Math.max(0, ...free)).toBeLessThan(smallest);
      }),
    );
  });

  test("go to the same place in whatever order they are given", () => {
    const shuffled = items.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, count, ([given, other], buckets) => {
        expect(places(other, buckets)).toEqual(places(given, buckets));
      }),
    );
  });

  test("stay where they are when one more comes and no bucket was full", () => {
    fc.assert(
      fc.property(items, item, fc.integer({ min: 1, max: 6 }), (given, more, buckets) => {
        const roomy = 60 * (given.length + 1);
        const before = distribute(given, buckets, roomy).buckets;
        const after = distribute([...given, more], buckets, roomy).buckets;

        expect(after.map((keys) => keys.filter((key) => key !== more.key))).toEqual(before);
      }),
    );
  });

  test("move into a further bucket only, while no bucket was full", () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 6 }), (given, buckets) => {
        const roomy = 60 * (given.length + 1);
        const before = distribute(given, buckets, roomy).buckets;
        const { buckets: after } = distribute(given, buckets + 1, roomy);
        const moved = new Set(after[buckets]);

        expect(after.slice(0, buckets)).toEqual(
          before.map((keys) => keys.filter((key) => !moved.has(key))),
        );
      }),
    );
  });

  test("move only for lack of room, and to a bucket that they prefer less, when one more comes", () => {
    const largest = 60;
    let moved = 0;
    fc.assert(
      fc.property(items, item, fc.integer({ min: 2, max: 6 }), (given, more, buckets) => {
        const { free } = distribute([...given, more], buckets, CAPACITY);
        // At the brim the last items fill gaps, in whatever bucket has one.
        fc.pre(free.some((room) => room >= largest));

        const before = places(given, buckets);
        const after = places([...given, more], buckets);
        for (const each of given.filter(({ key }) => after.get(key) !== before.get(key))) {
          moved += 1;
          expect(free[before.get(each.key) ?? -1]).toBeLessThan(largest);
          expect(after.get(each.key)).not.toBe(places([each], buckets).get(each.key));
        }
      }),
      { numRuns: 500 },
    );
    expect(moved).toBeGreaterThan(10);
  });

  test("go where they always went: the places are a contract with deployed policies", () => {
    const keys = Array.from(
      { length: 12 },
      (_, index) => `arn:aws:iam::${100000000001 + index}:role/a`,
    );
    const given = keys.map((key) => ({ key, size: 50 }));
    const digits = (buckets: number) => keys.map((key) => places(given, buckets).get(key)).join("");

    expect([digits(2), digits(3), digits(4)]).toEqual([
      "110000010001",
      "110000012002",
      "113000012002",
    ]);
  });

  test("are left over when there is no bucket", () => {
    expect(distribute([{ key: "a", size: 1 }], 0, CAPACITY)).toEqual({
      buckets: [],
      free: [],
      leftOver: ["a"],
    });
  });
});
